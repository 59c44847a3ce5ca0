import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import type { Connections } from './connections.ts';

/**
 * Milliseconds for which connections stay open once the server is asked to close, so that requests sent before arrive.
 */
const graceMs = 250;
/** Milliseconds that a busy server may take to accept the connections that the kernel holds by then. */
const acceptMs = 4_000;
/** Milliseconds for which passwords may still wait in the queue. Afterwards their senders are told to try again. */
const queueMs = 7_500;
/** Milliseconds after which requests that are still under way are cut. */
const drainMs = 8_500;

/**
 * Makes `app.close()` a graceful shutdown (RFC 9112 section 9.6). For a moment, the server still answers requests on
 * open and new connections, and the last response on each connection says that it closes. Then the server accepts no
 * connection any more, closes the quiet ones, and finishes the requests that are under way.
 *
 * Node closes a connection without a parsed request at once, even if the kernel still holds one, and also a connection
 * with a response that is not written out yet. Node would wait for connections that fall silent later.
 * @param closeQueue refuses all passwords that wait in the queue.
 * @returns a function that says whether the server is closing.
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
  // `server.close()` calls this function first.
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
    // Requests that were sent behind this one on its connection are answered as well. Fastify would close before them.
    if (connections.unanswered(raw.socket) > 1) reply.raw.removeHeader('connection');
    else if (closing) reply.header('connection', 'close');
    done();
  });
  return () => closing;
}

/**
 * Waits until the kernel holds no unaccepted connection, since the kernel resets those when the server stops listening.
 * The event loop accepts one connection a turn and reads whatever has arrived, so a busy server may be far behind. In a
 * flood it never catches up: the wait ends after `acceptMs`.
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
