import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { promisify } from 'node:util';
import type { FastifyInstance } from 'fastify';

/**
 * Connections that may wait in the kernel to be accepted. Above this it drops them, and who is dropped tries again only
 * after one, three, seven seconds: with Node's 511, a crowd from one network did that to everybody else.
 */
const maxBacklog = 4_096;

/** Opens the server on every address of its host: `localhost` is 127.0.0.1 and ::1, where the machine has both. */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<void> {
  await listenOn(app, host === 'localhost' ? await localAddresses() : [host], port);
}

/** What the system knows as localhost. Where it knows nothing, that is 127.0.0.1 all the same (RFC 6761 section 6.3). */
async function localAddresses(): Promise<string[]> {
  const found = await lookup('localhost', { all: true }).catch(() => []);
  return found.length > 0 ? found.map(({ address }) => address) : ['127.0.0.1'];
}

/**
 * Opens one server on several addresses. All connections are its own, whichever address they came to, with the same
 * limits, refusals and shutdown; Fastify would open a second server for a second address, with none of these.
 *
 * Kept of Fastify's duties: an address that is found twice is opened once, and the start goes on without a further one.
 * Dropped: `upgrade`, which connections bring along, and `unref`, which nobody calls.
 * @param port 0: the system picks one, the same for every address.
 */
export async function listenOn(app: FastifyInstance, addresses: string[], port: number): Promise<void> {
  const [first = '127.0.0.1', ...others] = new Set(addresses);
  const listeners = others.map(() =>
    createServer({ allowHalfOpen: true, noDelay: true }, (socket) => app.server.emit('connection', socket)),
  );
  let closed: Promise<unknown> | undefined;
  app.addHook('preClose', async () => {
    closed = Promise.all(
      listeners.map((listener) => promisify(listener.close.bind(listener))().catch(() => undefined)),
    );
  });
  app.addHook('onClose', async () => closed);

  await app.listen({ host: first, port, backlog: maxBacklog });
  const opened = (app.server.address() as AddressInfo).port;
  for (const [at, listener] of listeners.entries()) {
    listener.listen({ host: others[at], port: opened, backlog: maxBacklog });
    await once(listener, 'listening').catch((err) =>
      app.log.warn({ err }, `Nothing listens on ${others[at]}`),
    );
  }
  // A connection that cannot be accepted must not end the process.
  for (const listener of [app.server, ...listeners])
    listener.on('error', (err) => app.log.error({ err }, 'A connection could not be accepted'));
}
