import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { promisify } from 'node:util';
import type { FastifyInstance } from 'fastify';

/**
 * Connections that may wait in the kernel until they are accepted. The kernel drops any further connection, and its
 * client tries again only after 1, 3 and 7 seconds. With Node's 511, a crowd from one network did that to everybody.
 */
const maxBacklog = 4_096;

/** Opens the server on every address of its host: `localhost` is 127.0.0.1 and ::1, where the machine has both. */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<void> {
  await listenOn(app, host === 'localhost' ? await localAddresses() : [host], port);
}

/** @returns the addresses that the system has for localhost, or 127.0.0.1 where it has none (RFC 6761 section 6.3). */
async function localAddresses(): Promise<string[]> {
  const found = await lookup('localhost', { all: true }).catch(() => []);
  return found.length > 0 ? found.map(({ address }) => address) : ['127.0.0.1'];
}

/**
 * Opens one server on several addresses. All connections are its own, whichever address they came to, with the same
 * limits, refusals and shutdown; Fastify would open a second server for a second address, with none of these.
 *
 * Two of Fastify's duties are kept: an address that is found twice is opened once, and the server starts even if a
 * further address cannot be opened. Two are dropped: the event `upgrade`, which connections bring along, and `unref`,
 * which nobody calls.
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

  await app.ready();
  const { level } = app.log;
  // Fastify would print a line for each address, and people would see several to choose from. None is answered yet.
  app.log.level = 'silent';
  await app.listen({ host: first, port, backlog: maxBacklog }).finally(() => {
    app.log.level = level;
  });
  const opened = (app.server.address() as AddressInfo).port;
  for (const [at, listener] of listeners.entries()) {
    listener.listen({ host: others[at], port: opened, backlog: maxBacklog });
    await once(listener, 'listening').catch((err) =>
      app.log.warn({ err }, `Could not listen on ${others[at]}`),
    );
  }
  // A connection that cannot be accepted must not end the process.
  for (const listener of [app.server, ...listeners])
    listener.on('error', (err) => app.log.error({ err }, 'A connection could not be accepted'));
}
