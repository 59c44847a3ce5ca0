import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Connections } from './connections.ts';

/** How long connections stay open once the server is asked to close, in milliseconds: what was sent before arrives. */
const graceMs = 250;
/** How long a busy server may take to accept what lies in the kernel by then, in milliseconds. */
const acceptMs = 4_000;
/** How long passwords may wait to be checked, in milliseconds. Senders of those that wait then are told to try again. */
const queueMs = 7_500;
/** How long all of it may take, in milliseconds; requests that are still under way then are cut. */
const drainMs = 8_500;

/**
 * Makes `app.close()` a graceful shutdown (RFC 9112 section 9.6): what comes on open and new connections is answered for
 * a moment more, the last answer on each connection says so; then nothing new is accepted, connections on which nothing
 * is asked are closed, and what is under way is finished.
 *
 * Node would close connections at once on which no request has been parsed yet, though one may lie unread in the kernel,
 * and those whose answer is not written out yet; it would wait for those that fall silent later.
 * @param closeQueue tells all passwords that wait then to try again.
 * @returns whether the server is closing by now.
 */
export function closeGracefully(
  app: FastifyInstance,
  connections: Connections,
  closeQueue: () => void,
): () => boolean {
  let closing = false;
  const timers: NodeJS.Timeout[] = [];
  const closeQuiet = () => {
    for (const socket of connections.quietFor(graceMs)) socket.destroy();
  };
  // What `server.close()` calls first.
  app.server.closeIdleConnections = closeQuiet;

  app.addHook('preClose', async () => {
    closing = true;
    if (!app.server.listening) return;
    timers.push(
      setTimeout(closeQueue, queueMs),
      setTimeout(() => app.server.closeAllConnections(), drainMs),
    );
    await sleep(graceMs);
    await allAccepted(connections);
    timers.push(setInterval(closeQuiet, graceMs));
  });
  app.addHook('onClose', async () => {
    for (const timer of timers) clearTimeout(timer);
  });
  app.addHook('onSend', ({ raw }, reply, _payload, done) => {
    // What was sent behind this request on its connection is answered as well. Fastify would close before it.
    if (connections.unanswered(raw.socket) > 1) reply.raw.removeHeader('connection');
    else if (closing) reply.header('connection', 'close');
    done();
  });
  return () => closing;
}

/**
 * Waits until no connection lies unaccepted in the kernel, which would reset it when the server stops listening. The event
 * loop accepts one a turn and reads whatever has arrived. Busy, it may be far behind; in a flood it never catches up.
 */
async function allAccepted(connections: Connections): Promise<void> {
  const latest = performance.now() + acceptMs;
  let before: number;
  do {
    before = connections.opened;
    await nextTurn();
    await nextTurn();
  } while (connections.opened > before && performance.now() < latest);
}
