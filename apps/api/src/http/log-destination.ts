import { fstatSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { isatty } from 'node:tty';

/** Bytes that may wait for a slow reader. */
const maxWaitingBytes = 1024 * 1024;

/** A receiver of log lines. `write` never throws and never waits. */
export interface LogDestination {
  write(line: string): void;
}

/**
 * Opens standard output as a log that the server never waits for. A line that cannot be written, because the disk is
 * full or nobody reads the pipe, is dropped and counted. Standard error says so when it begins, and the log says how
 * many lines are missing as soon as it can be written again.
 */
export function openLog(): LogDestination {
  const write = isFile(process.stdout.fd) ? writeFile(process.stdout.fd) : writeStream(process.stdout);
  neverWait(process.stderr);
  // A standard error that is broken cannot be reported anywhere.
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

/** Writes to a file or a device like /dev/full, where the system says at once whether it takes a line. */
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

/** Writes to a pipe, a socket or a terminal. Text that its reader has not taken waits in this process. */
function writeStream(stream: NodeJS.WriteStream): Write {
  neverWait(stream);
  // The reader has gone. Each line is refused from now on.
  stream.on('error', () => undefined);
  return (text) => {
    if (!stream.writable || stream.writableLength > maxWaitingBytes) return false;
    stream.write(text);
    return true;
  };
}

/**
 * Keeps writes from waiting. Node writes to terminals, and to pipes on Windows, only as fast as they are read, and its
 * API has no option against that.
 */
function neverWait(stream: NodeJS.WriteStream): void {
  const { _handle } = stream as { _handle?: { setBlocking?(on: boolean): unknown } };
  _handle?.setBlocking?.(false);
}

const isFile = (fd: number): boolean => {
  const stat = fstatSync(fd);
  return stat.isFile() || (stat.isCharacterDevice() && !isatty(fd));
};

/** @returns the line about dropped lines, in the form of pino's lines. */
const missing = (dropped: number): string =>
  `${JSON.stringify({
    level: 40,
    time: Date.now(),
    pid: process.pid,
    hostname: hostname(),
    dropped,
    msg: `${dropped} lines of the log could not be written and are missing here`,
  })}\n`;
