import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { expect, inject } from 'vitest';
import { publicUrlOf } from '../apps/api/test/base-path.ts';
import { makeDatabase } from '../apps/api/test/database.ts';
import { freePort } from '../apps/api/test/free-port.ts';

/** The server as it runs for people: a process of its own, on a free port, over a real database. */
export interface RunningServer {
  url: string;
  /** Where it listens itself, whatever its PUBLIC_URL says. */
  home: string;
  process: ChildProcess;
  /** All it has printed. */
  log(): string;
  /** Asks it to close, and expects that it does so in good order. */
  stop(): Promise<void>;
}

const ownProgram = resolve(import.meta.dirname, '../apps/api/server.js');

/** What a process of ours is given besides its settings: nothing of how somebody runs it on this machine. */
export const bareEnv = {
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  NODE_ENV: 'test',
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '',
};

// A test that fails half-way must not leave its server behind.
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const server of running) server.kill('SIGKILL');
});

/**
 * Starts the server and waits until it says that it is open.
 * @param options `dir` is where its SQLite file lies; without it or DATABASE_URL, it has a database of this run's
 * engine, which goes when the server stops. `program` is the server of another copy of the code, `node` what runs it,
 * `folder` where it is run, `args` what it is given. With `isBare`, `env` is all of its environment.
 * @throws when it ends instead; the message is what it printed.
 */
export async function startServer(
  options: {
    env?: Record<string, string>;
    isBare?: boolean;
    dir?: string;
    program?: string;
    node?: string;
    folder?: string;
    args?: string[];
  } = {},
): Promise<RunningServer> {
  const given = options.isBare
    ? ''
    : (options.env?.DATABASE_URL ?? (options.dir && `sqlite:${join(options.dir, 'coatcheck.db')}`));
  const own = given === undefined ? await makeDatabase() : undefined;
  const server = spawn(
    options.node ?? process.execPath,
    [options.program ?? ownProgram, ...(options.args ?? [])],
    {
      env: options.isBare
        ? options.env
        : {
            ...bareEnv,
            PORT: '0',
            DATABASE_URL: given ?? own?.url,
            ...options.env,
            ...(await belowPath(options.env)),
          },
      cwd: options.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  running.add(server);
  const ended = once(server, 'exit').finally(() => running.delete(server));
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

  const [, port] = /"event":"sys_startup".*"port":(\d+)/.exec(printed) ?? [];
  return {
    url,
    home: `http://localhost:${port}`,
    process: server,
    log: () => printed,
    async stop() {
      server.kill('SIGTERM');
      const [code] = await ended;
      await own?.empty();
      expect(code, printed).toBe(0);
      // A ticket, a link's token or a hash of either has 43 such characters, a recovery code four groups of four; every
      // test's passwords speak of umbrellas or say what they are.
      expect(printed).not.toMatch(/[\w-]{43}|([0-9A-Z]{4}-){3}[0-9A-Z]{4}|umbrella|right password|\$argon2/);
    },
  };
}

/**
 * The settings of a server that lives below this run's path, if there is one. An address has a port, and only the
 * server's own port makes it the server's own origin.
 */
async function belowPath({ PUBLIC_URL, PORT }: Record<string, string> = {}) {
  if (!inject('basePath') || PUBLIC_URL) return PUBLIC_URL ? publicUrlOf(PUBLIC_URL) : {};
  const port = PORT ?? String(await freePort());
  return { PORT: port, ...publicUrlOf(`http://localhost:${port}`) };
}
