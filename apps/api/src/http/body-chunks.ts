import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { isStreaming } from './streamed-bodies.ts';

/** Chunks of bodies that one connection may send in one turn of the event loop. */
export const maxChunksPerTurn = 512;

/** The properties in which Node's HTTP parser keeps the functions that it calls with each chunk of a body, and at its end. */
const onBody = 3;
const onMessageComplete = 4;

interface Parser {
  [onBody]?: ((this: Parser, chunk: Buffer) => unknown) | null;
  [onMessageComplete]?: ((this: Parser) => unknown) | null;
}

/** What lets and keeps the kernel from handing over the bytes of a connection. */
interface Handle {
  readStart(): void;
  readStop(): void;
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
 * Of a body that is streamed, no chunk may be lost. Those beyond the number are handed over together, once in a turn, and
 * no further packet of this connection is read in the turn.
 *
 * Node has no supported way to stop its parser within a packet. A parser that looks different is left as it is: its
 * bodies are only slower to refuse.
 */
export function limitBodyChunks(server: Server): void {
  let turn = 0;
  let isTurn = false;
  const beginTurn = () => {
    isTurn = true;
    setImmediate(() => {
      turn += 1;
      isTurn = false;
    });
  };

  server.on('connection', (socket: Socket & { parser?: Parser; _handle?: Handle | null }) => {
    const { parser } = socket;
    const handOver = parser?.[onBody];
    const complete = parser?.[onMessageComplete];
    if (!parser || !handOver || !complete) return;
    let counted = turn;
    let chunks = 0;
    let gathered: Buffer[] = [];

    const handOverGathered = () => {
      const together = Buffer.concat(gathered);
      gathered = [];
      if (together.length > 0) handOver.call(parser, together);
    };
    const gather = (chunk: Buffer) => {
      if (gathered.push(chunk) > 1) return;
      socket._handle?.readStop();
      setImmediate(() => {
        if (socket.destroyed) return;
        // Reading goes on first: whoever takes the chunks may stop it.
        if (!socket.isPaused()) socket._handle?.readStart();
        handOverGathered();
      });
    };

    parser[onBody] = (chunk) => {
      if (!isTurn) beginTurn();
      if (counted !== turn) {
        counted = turn;
        chunks = 0;
      }
      chunks += 1;
      if (chunks > maxChunksPerTurn) {
        if (isStreaming(socket)) return gather(chunk);
        parser[onBody] = null;
        cutOff.add(socket);
      }
      return handOver.call(parser, chunk);
    };
    parser[onMessageComplete] = () => {
      handOverGathered();
      return complete.call(parser);
    };
    // Node uses a parser again, for the next connection.
    socket.once('close', () => {
      parser[onBody] = handOver;
      parser[onMessageComplete] = complete;
    });
  });
}
