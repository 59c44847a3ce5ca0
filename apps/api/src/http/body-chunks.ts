import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/** Chunks that a body may come in. */
export const maxBodyChunks = 1_024;

/** Where Node's HTTP parser holds the function that it calls with each chunk of a body. */
const onBody = 3;

interface Parser {
  /** The request whose body is being read. */
  incoming: IncomingMessage | null;
  [onBody]?: ((this: Parser, chunk: Buffer) => unknown) | null;
}

/**
 * Stops the HTTP parser from handing over more than {@link maxBodyChunks} and one chunks of a body. A chunk of one byte
 * costs as much as any other, and a packet of 64 KiB holds ten thousand of them: with each handed over, a few
 * connections would hold up everybody else. Without a function to call, the parser goes through the rest of a packet at
 * a tenth of the cost.
 *
 * The one chunk too many tells the reader of the body to refuse it. The rest is lost, so that the reader must also close
 * the connection.
 *
 * Node has no supported way to stop its parser within a packet. A parser that looks different is left as it is: its
 * bodies are only slower to refuse.
 */
export function limitBodyChunks(server: Server): void {
  server.on('connection', (socket: Socket & { parser?: Parser }) => {
    const { parser } = socket;
    const handOver = parser?.[onBody];
    if (!parser || !handOver) return;
    let request: IncomingMessage | null = null;
    let chunks = 0;

    const handOverFew = (chunk: Buffer) => {
      if (parser.incoming !== request) {
        request = parser.incoming;
        chunks = 0;
      }
      chunks += 1;
      if (chunks > maxBodyChunks) parser[onBody] = null;
      return handOver.call(parser, chunk);
    };
    parser[onBody] = handOverFew;
    // Node uses a parser again, for the next connection.
    socket.once('close', () => {
      parser[onBody] = handOver;
    });
  });
}
