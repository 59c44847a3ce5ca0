import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../apps/api/test/free-port.ts';
import { bareEnv } from './server.ts';

const program = resolve(import.meta.dirname, '../apps/api/server.js');

/** Starts the server with a log that may tell nothing: whether it is open is asked of the server itself. */
async function start(stdout: number | 'pipe', run: [string, ...string[]] = [process.execPath, program]) {
  const dir = mkdtempSync(join(tmpdir(), 'coatcheck-'));
  const port = await freePort();
  const server = spawn(run[0], run.slice(1), {
    env: {
      ...bareEnv,
      HOST: '127.0.0.1',
      PORT: String(port),
      DATABASE_URL: `sqlite:${join(dir, 'coatcheck.db')}`,
      LOG_LEVEL: 'debug',
    },
    stdio: ['ignore', stdout, 'pipe'],
  });
  onTestFinished(async () => {
    if (server.exitCode === null) {
      server.kill('SIGKILL');
      await once(server, 'exit');
    }
    rmSync(dir, { recursive: true });
  });
  let complaints = '';
  server.stderr?.on('data', (chunk) => (complaints += chunk));
  let answers = 0;
  const ask = async (path = '/healthz') => {
    const { status } = await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(5_000) });
    answers += 1;
    return status;
  };
  const deadline = performance.now() + 20_000;
  while (
    await ask().then(
      () => false,
      () => true,
    )
  ) {
    expect(performance.now(), complaints).toBeLessThan(deadline);
    await sleep(50);
  }
  return {
    server,
    ask,
    complaints: () => complaints.replace(/^Database: [^\n]*\n/, ''),
    answers: () => answers,
  };
}

/** Asks the server to close. @returns its exit code; undefined when it had not ended after ten seconds. */
async function stop(server: ChildProcess): Promise<number | undefined> {
  const ended = once(server, 'exit', { signal: AbortSignal.timeout(10_000) });
  server.kill('SIGTERM');
  return ended.then(
    ([code]) => code,
    () => undefined,
  );
}

const told = 'The log cannot be written. Its lines are dropped until it can.\n';
/** In bash: no file may become larger than 4 MiB, and what would is told by an error, not by a signal. */
const limitFiles = `trap '' XFSZ; ulimit -f 4096`;
const canLimit = process.platform === 'linux' && spawnSync('/bin/bash', ['-c', limitFiles]).status === 0;
/** Each makes a line of the log of 7 kB. */
const longPath = `/${'x'.repeat(7_000)}`;

/** Becomes the program it is given, at a terminal that nobody reads: the process holds both ends of it itself. */
const atTerminal = `
import os, pty, sys
master, terminal = pty.openpty()
os.set_inheritable(master, True)
os.dup2(terminal, 1)
os.dup2(terminal, 2)
os.execv(sys.argv[1], sys.argv[1:])
`;

const hasPython = spawnSync('python3', ['-c', 'import pty']).status === 0;

describe('a log that cannot be written', () => {
  it.skipIf(!existsSync('/dev/full'))(
    'on a full disk keeps the server neither from answering nor from closing',
    async () => {
      const full = openSync('/dev/full', 'w');
      onTestFinished(() => closeSync(full));
      const { server, ask, complaints } = await start(full);
      for (let asked = 0; asked < 20; asked += 1) expect(await ask()).toBe(200);
      expect(await stop(server)).toBe(0);
      expect(complaints()).toBe(told);
    },
  );

  it('in a pipe that nobody reads keeps the server neither from answering nor from closing', async () => {
    const { server, ask, complaints } = await start('pipe');
    for (let asked = 0; asked < 400; asked += 1) expect(await ask(longPath)).toBe(404);
    expect(complaints()).toBe(told);
    expect(await stop(server)).toBe(0);
  });

  it.skipIf(!hasPython)('at a terminal that nobody reads keeps it from neither', async () => {
    const { server, ask } = await start('pipe', ['python3', '-c', atTerminal, process.execPath, program]);
    for (let asked = 0; asked < 400; asked += 1) expect(await ask(longPath)).toBe(404);
    expect(await stop(server)).toBe(0);
  });

  it('goes on when it can, and says first how many lines are missing', async () => {
    const { server, ask, answers } = await start('pipe');
    for (let asked = 0; asked < 400; asked += 1) await ask(longPath);
    let printed = '';
    server.stdout?.on('data', (chunk) => (printed += chunk));
    while (!printed.includes('"dropped"')) await ask();
    expect(await stop(server)).toBe(0);
    const lines = printed
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const { dropped } = lines.find((line) => 'dropped' in line);
    expect(dropped).toBeGreaterThan(100);
    expect(lines.filter(({ path }) => path)).toHaveLength(answers() - dropped);
    expect(lines.at(-1)).toMatchObject({ msg: 'Coatcheck is closed' });
  });

  it.skipIf(!canLimit)('on a disk with room again begins with a whole line', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'coatcheck-'));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    const log = join(dir, 'log');
    // The system lets the process write files of 4 MiB at most, and so much is nearly there.
    writeFileSync(log, '\n'.repeat(4 * 1024 * 1024 - 5_000));
    const { server, ask, complaints } = await start('pipe', [
      '/bin/bash',
      '-c',
      `${limitFiles}; exec "$0" "$1" >> "${log}"`,
      process.execPath,
      program,
    ]);
    for (let asked = 0; asked < 3; asked += 1) expect(await ask(longPath)).toBe(404);
    expect(complaints()).toBe(told);
    const before = readFileSync(log, 'utf8').trimStart().split('\n');
    expect(() => JSON.parse(before.at(-1) ?? '')).toThrow(SyntaxError);
    truncateSync(log);
    expect(await ask()).toBe(200);
    expect(await stop(server)).toBe(0);
    const [torn, missing, ...after] = readFileSync(log, 'utf8').trimEnd().split('\n');
    expect(torn).toBe('');
    expect(JSON.parse(missing ?? '')).toMatchObject({ level: 40, dropped: 3 });
    expect(after.map((line) => JSON.parse(line).level)).toContain(30);
  });
});
