import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { processorMs } from './proc.ts';

/** A server in a process of its own. It is ended when it goes out of scope (`await using`). */
export interface Server extends AsyncDisposable {
  /** Its origin, on 127.0.0.1. */
  url: string;
  pid: number;
  /** @returns milliseconds of processor time that it and its children have used; undefined where the system does not tell. */
  processorMs(): number | undefined;
}

/** How to start a process. */
export interface Start {
  command: string;
  args: string[];
  env?: Record<string, string>;
  cwd?: string;
}

/** Milliseconds within which a server must be open. */
const maxStartMs = 60_000;
/** Milliseconds after which a process that does not end is killed. */
const maxStopMs = 15_000;
/** Variables of this process that others get as well: their programs are found by them, and nothing is set by them. */
const inherited = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LD_LIBRARY_PATH'];

/**
 * Starts a server and waits until it is open.
 * @param urlIn finds the server's origin in a line of its standard output; undefined: the line does not have it.
 * @throws when it ends before, with what it wrote to standard error.
 */
export async function startServer(
  start: Start,
  urlIn: (line: string) => string | undefined = readyLine,
): Promise<Server> {
  const child = spawnProcess(start);
  const opened = new Promise<string>((resolve) => {
    // Read to the end, so that the server never waits for room in the pipe.
    createInterface({ input: child.stdout }).on('line', (line) => {
      const url = urlIn(line);
      if (url !== undefined) resolve(url);
    });
  });
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${start.args.join(' ')} ended (${code}) before it was open: ${child.said()}`);
  });
  const late = AbortSignal.timeout(maxStartMs);
  const tooLate = once(late, 'abort').then(() => {
    throw new Error(`${start.args.join(' ')} was not open after ${maxStartMs} ms: ${child.said()}`);
  });
  try {
    const url = await Promise.race([opened, ended, tooLate]);
    return {
      url: url.replace('//localhost', '//127.0.0.1'),
      pid: Number(child.pid),
      processorMs: () => processorMs(Number(child.pid)),
      [Symbol.asyncDispose]: () => stop(child),
    };
  } catch (error) {
    await stop(child);
    throw error;
  } finally {
    // Both go on, and nobody waits for them any more.
    ended.catch(() => undefined);
    tooLate.catch(() => undefined);
  }
}

/** Starts a process and waits for nothing. It is ended when it goes out of scope. */
export function startedProcess(start: Start): AsyncDisposable {
  const child = spawnProcess(start);
  child.stdout.resume();
  return { [Symbol.asyncDispose]: () => stop(child) };
}

/**
 * Runs a program that reads one JSON value and writes one.
 * @throws when it fails, with what it wrote to standard error.
 */
export async function ask<Answer>(start: Start, question: unknown): Promise<Answer> {
  const child = spawnProcess(start);
  child.stdin.end(JSON.stringify(question));
  const output = child.stdout.setEncoding('utf8').toArray();
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${start.args.join(' ')} failed (${code}): ${child.said()}`);
  return JSON.parse((await output).join(''));
}

/** The processes that are running now; they are ended with this one. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a process with its own environment, and keeps the end of what it says on standard error. */
function spawnProcess({ command, args, env = {}, cwd }: Start) {
  const known = inherited.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const child = spawn(command, args, {
    cwd,
    env: { ...Object.fromEntries(known), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  // A program that has ended reads nothing more.
  child.stdin.on('error', () => undefined);
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said = (said + text).slice(-4_000);
  });
  return Object.assign(child, { said: () => said });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), maxStopMs);
  await ended;
  clearTimeout(timer);
}

const readyLine = (line: string): string | undefined => /^READY (http:\S+)$/.exec(line)?.[1];
