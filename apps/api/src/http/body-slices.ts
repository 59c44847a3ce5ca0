import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { Link, LinkedList } from '../fair-queue/linked-list.ts';

/** Bytes that the HTTP parser is given at once. They hold at most 512 chunks: a chunk of one byte takes six. */
const sliceBytes = 3 * 1024;
/** Chunks of bodies that are handed over in a turn of the event loop, after which it ends. That takes 1 to 3 ms. */
const maxChunksPerTurn = 1024;

/** What Node keeps on the socket of a server. */
type ServerSocket = Socket & {
  parser?: { incoming?: IncomingMessage | null } | null;
  /** Whether Node waits until responses are written out. */
  _paused?: boolean;
};

type Take = (bytes: Buffer) => void;

/** Reads bodies of chunks in slices, in which connections take turns. */
export interface Slices {
  /** Reads what follows on a connection in slices. */
  read(socket: Socket): void;
  /** Leaves a connection alone that becomes a WebSocket. What was not parsed yet is there to be read. */
  release(socket: Socket): void;
  /** Call it with each chunk that is handed over. */
  count(): void;
}

/**
 * Makes connections take turns at the HTTP parser. A packet of 64 KiB holds ten thousand chunks of one byte, each of
 * which costs more than a microsecond to hand over, and Node reads a packet of every connection in a turn. No more is
 * read from a connection while a part of its last packet waits.
 */
export function createSlices(): Slices {
  const line = new LinkedList<() => void>();
  /** For each connection that is read in slices, a function that ends that. */
  const releases = new WeakMap<Socket, () => void>();
  let chunks = 0;

  function next(): void {
    chunks = 0;
    while (line.first && chunks < maxChunksPerTurn) {
      const link = line.first;
      link.remove();
      link.value();
    }
    if (line.first) setImmediate(next);
  }

  function queue(feed: () => void): void {
    if (!line.first) setImmediate(next);
    line.push(new Link(feed));
  }

  function read(socket: ServerSocket): void {
    const [take] = socket.listeners('data') as Take[];
    if (!take || releases.has(socket)) return;
    let rest: Buffer = Buffer.alloc(0);
    let isQueued = false;

    const takeSlice = () => {
      const slice = rest.subarray(0, sliceBytes);
      rest = rest.subarray(sliceBytes);
      take.call(socket, slice);
    };
    const wait = () => {
      socket.pause();
      if (isQueued || socket._paused) return;
      isQueued = true;
      queue(feed);
    };
    const feed = () => {
      isQueued = false;
      if (!socket.destroyed) takeSlice();
      if (socket.destroyed) return;
      if (rest.length > 0) return wait();
      // Whoever reads the body resumes it otherwise, as soon as there is room.
      const body = socket.parser?.incoming;
      const isFull = body && !body.complete && body.readableLength >= body.readableHighWaterMark;
      if (!isFull && !socket._paused) socket.resume();
    };

    // With such a listener Node hands the bytes over, instead of leaving them to its parser.
    const keep = (bytes: Buffer) => {
      rest = rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
      wait();
    };
    socket.on('data', keep);
    socket.off('data', take);
    releases.set(socket, () => {
      socket.off('data', keep);
      if (rest.length > 0) socket.unshift(rest);
      rest = Buffer.alloc(0);
    });
    socket.on('resume', () => {
      if (rest.length > 0) wait();
    });
    // A client may close its side right behind the body. What it sent comes first.
    socket.prependListener('end', () => {
      while (rest.length > 0 && !socket.destroyed) takeSlice();
    });
  }

  return {
    read,
    release: (socket) => releases.get(socket)?.(),
    count() {
      chunks += 1;
    },
  };
}
