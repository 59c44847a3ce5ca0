import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { createSlices } from './body-slices.ts';

/** Chunks of bodies that one connection may send in one turn of the event loop. */
export const maxChunksPerTurn = 512;

/**
 * Chunks of streamed bodies that all connections together may send in one turn of the event loop, 26 ms of work. Only
 * those that come in one packet with the headers can be so many.
 */
const maxStreamedPerTurn = 20_000;

/** The property in which Node's HTTP parser keeps the function that it calls with each chunk of a body. */
const onBody = 3;

interface Parser {
  [onBody]?: ((this: Parser, chunk: Buffer) => unknown) | null;
  incoming?: IncomingMessage | null;
}

/** Connections of which no more bodies are read. */
const cutOff = new WeakSet<Socket>();

/**
 * Whether a connection has sent too many chunks at once. The rest of its bodies is lost, so that the body which is being
 * read must be refused, and the connection closed.
 */
export const isCutOff = (socket: Socket): boolean => cutOff.has(socket);

/**
 * Stops the HTTP parser from handing over more than {@link maxChunksPerTurn} chunks of a connection in a turn. A chunk
 * of one byte costs as much as any other, and a packet of 64 KiB holds ten thousand of them: with each handed over, a
 * few connections would hold up everybody else. Without a function to call, the parser goes through the rest of a packet
 * at a tenth of the cost. The last chunk is handed over after the connection is cut off, so that its reader notices.
 *
 * Of a body that is streamed, no chunk may be lost. What follows its headers is read in slices, and connections take
 * turns. Where too much comes in one packet with the headers, on several connections at once, the connection is closed.
 *
 * Node has no supported way to stop its parser within a packet. A parser that looks different is left as it is: its
 * bodies are only slower to refuse.
 * @param isStreamed whether the body of a request is for another program
 */
export function limitBodyChunks(server: Server, isStreamed: (request: IncomingMessage) => boolean): void {
  let turn = 0;
  let isTurn = false;
  const beginTurn = () => {
    isTurn = true;
    setImmediate(() => {
      turn += 1;
      streamed = 0;
      isTurn = false;
    });
  };

  const slices = createSlices();
  let streamed = 0;

  server.on('request', (request) => {
    if (request.headers['transfer-encoding'] !== undefined && isStreamed(request))
      slices.read(request.socket);
  });

  server.on('upgrade', (_request, socket) => slices.release(socket as Socket));

  server.on('connection', (socket: Socket & { parser?: Parser }) => {
    const { parser } = socket;
    const handOver = parser?.[onBody];
    if (!parser || !handOver) return;
    let counted = turn;
    let chunks = 0;
    // Decided once a request: a body may have a hundred thousand chunks.
    let request: IncomingMessage | undefined | null;
    let isForApp = false;

    parser[onBody] = (chunk) => {
      if (!isTurn) beginTurn();
      if (parser.incoming !== request) {
        request = parser.incoming;
        isForApp = !!request && isStreamed(request);
      }
      if (isForApp) {
        slices.count();
        streamed += 1;
        if (streamed <= maxStreamedPerTurn) return handOver.call(parser, chunk);
        parser[onBody] = null;
        return socket.destroy();
      }
      if (counted !== turn) {
        counted = turn;
        chunks = 0;
      }
      chunks += 1;
      if (chunks > maxChunksPerTurn) {
        parser[onBody] = null;
        cutOff.add(socket);
      }
      return handOver.call(parser, chunk);
    };
    // Node uses a parser again, for the next connection.
    socket.once('close', () => {
      parser[onBody] = handOver;
    });
  });
}
