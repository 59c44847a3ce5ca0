import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'vitest';

/** The server as it runs for people: a process of its own, on a free port, over a real file. */
export interface RunningServer {
  url: string;
  process: ChildProcess;
  /** All it has printed. */
  log(): string;
  /** Asks it to close, and expects that it does so in good order. */
  stop(): Promise<void>;
}

const program = resolve(import.meta.dirname, '../apps/api/src/server.ts');

/**
 * Starts the server and waits until it says that it is open.
 * @param options `dir` is where its database lies; without it, a folder that goes when the server stops.
 * @throws when it ends instead; the message is what it printed.
 */
export async function startServer(
  options: { env?: Record<string, string>; dir?: string } = {},
): Promise<RunningServer> {
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'coatcheck-'));
  const { PATH = '', HOME = '' } = process.env;
  const server = spawn(process.execPath, [program], {
    env: { PATH, HOME, PORT: '0', DATABASE_URL: `sqlite:${join(dir, 'coatcheck.db')}`, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(server, 'exit');
  let printed = '';

  const url = await new Promise<string>((found, failed) => {
    const read = (chunk: Buffer) => {
      printed += chunk;
      const opened = /"event":"sys_startup","url":"([^"]+)"/.exec(printed)?.[1];
      if (opened) found(opened);
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    ended.then(() => failed(new Error(printed)));
  });

  return {
    url,
    process: server,
    log: () => printed,
    async stop() {
      server.kill('SIGTERM');
      const [code] = await ended;
      if (!options.dir) rmSync(dir, { recursive: true });
      expect(code, printed).toBe(0);
      // A ticket or a hash of one has 43 such characters; every test's passwords speak of umbrellas or say what they are.
      expect(printed).not.toMatch(/[\w-]{43}|umbrella|right password|\$argon2/);
    },
  };
}
