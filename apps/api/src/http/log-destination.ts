import { fstatSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { isatty } from 'node:tty';

/** Bytes that may wait for a reader who is slow. */
const maxWaitingBytes = 1024 * 1024;

/** Where log lines go. */
export interface LogDestination {
  write(line: string): void;
}

/**
 * Standard output, for a server that never waits for its log. A line that cannot be written, because the disk is full or
 * nobody reads the pipe, is dropped and counted. Standard error tells so when it begins, and the log itself tells how
 * many are missing, in the first line that can be written again.
 */
export function openLog(): LogDestination {
  const write = isFile(process.stdout.fd) ? writeFile(process.stdout.fd) : writeStream(process.stdout);
  neverWait(process.stderr);
  // Nobody is left to be told.
  process.stderr.on('error', () => undefined);
  let dropped = 0;

  return {
    write(line) {
      if (write(dropped === 0 ? line : missing(dropped) + line)) {
        dropped = 0;
        return;
      }
      if (dropped === 0)
        process.stderr.write('The log cannot be written. Its lines are dropped until it can.\n');
      dropped += 1;
    },
  };
}

/** Writes a text whole, at once. @returns whether that worked. */
type Write = (text: string) => boolean;

/** To a file, /dev/full and its like among them: the system says at once whether it takes a line. */
function writeFile(fd: number): Write {
  let torn = false;
  return (text) => {
    // A line that was written in part is ended first.
    const bytes = Buffer.from(torn ? `\n${text}` : text);
    try {
      const written = writeSync(fd, bytes);
      torn = written < bytes.length;
      return !torn;
    } catch {
      return false;
    }
  };
}

/** To a pipe, a socket or a terminal: what its reader has not taken waits here. */
function writeStream(stream: NodeJS.WriteStream): Write {
  neverWait(stream);
  // Its reader has gone. Each line is refused from now on.
  stream.on('error', () => undefined);
  return (text) => {
    if (!stream.writable || stream.writableLength > maxWaitingBytes) return false;
    stream.write(text);
    return true;
  };
}

/** Node writes to terminals, and to pipes on Windows, only as fast as they are read; its API has no way to say otherwise. */
function neverWait(stream: NodeJS.WriteStream): void {
  const { _handle } = stream as { _handle?: { setBlocking?(on: boolean): unknown } };
  _handle?.setBlocking?.(false);
}

const isFile = (fd: number): boolean => {
  const stat = fstatSync(fd);
  return stat.isFile() || (stat.isCharacterDevice() && !isatty(fd));
};

/** In pino's own form. */
const missing = (dropped: number): string =>
  `${JSON.stringify({
    level: 40,
    time: Date.now(),
    pid: process.pid,
    hostname: hostname(),
    dropped,
    msg: `${dropped} lines of the log could not be written and are missing here`,
  })}\n`;
