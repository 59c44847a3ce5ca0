import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type RunningServer, startServer } from './server.ts';

const runs = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;

async function start(dir: string) {
  const server = await startServer({ dir, env: { REGISTRATIONS_PER_HOUR: '10000' } });
  onTestFinished(() => server.stop());
  return server;
}

let made = 0;
async function register({ url }: RunningServer) {
  made += 1;
  const answer = await fetch(`${url}/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: `ada${made}`, password: 'umbrella left by the door' }),
  });
  return answer.status;
}

/** Asks `/readyz`, as what sends traffic does, until it answers so. @returns milliseconds until then. */
async function readyzAnswers({ url }: RunningServer, status: number) {
  const started = performance.now();
  while ((await fetch(`${url}/readyz`)).status !== status) {
    if (performance.now() - started > 5_000) throw new Error(`/readyz never answers ${status}`);
    await pause(50);
  }
  return performance.now() - started;
}

async function expectReadsOnly(server: RunningServer) {
  expect(await readyzAnswers(server, 503)).toBeLessThan(2_000);
  expect((await fetch(`${server.url}/readyz`)).headers.get('retry-after')).toMatch(/^\d+$/);
  expect(await register(server)).toBe(503);
  expect((await fetch(`${server.url}/session`)).status).toBe(200);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(503);
}

describe('a disk that takes no writes', () => {
  it.skipIf(!runs('prlimit', '--version'))(
    'is told by /readyz within two seconds, and that it does again',
    async () => {
      const dir = mkdtempSync(join(tmpdir(), 'coatcheck-'));
      onTestFinished(() => rmSync(dir, { recursive: true }));
      const server = await start(dir);
      expect(await register(server)).toBe(201);
      expect(await readyzAnswers(server, 200)).toBeLessThan(2_000);
      // Every write of the process into any file fails from now on (EFBIG).
      const mayWrite = (bytes: string) =>
        expect(runs('prlimit', '--pid', String(server.process.pid), `--fsize=${bytes}:`)).toBe(true);
      mayWrite('0');
      await expectReadsOnly(server);
      mayWrite('unlimited');
      expect(await readyzAnswers(server, 200)).toBeLessThan(2_000);
      expect(await register(server)).toBe(201);
    },
  );

  it.skipIf(!runs('prlimit', '--version'))('does not keep the server from closing in order', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'coatcheck-'));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    const server = await start(dir);
    expect(await register(server)).toBe(201);
    expect(runs('prlimit', '--pid', String(server.process.pid), '--fsize=0:')).toBe(true);
    await server.stop();
    expect(server.process.exitCode).toBe(0);
    expect(server.log()).toContain('Coatcheck is closed');
  });

  const disk = join(tmpdir(), `coatcheck-disk-${process.pid}`);
  mkdirSync(disk, { recursive: true });
  const mayMount = runs('mount', '-t', 'tmpfs', '-o', 'size=8m', 'none', disk);
  if (mayMount) runs('umount', disk);

  it.skipIf(!mayMount)(
    'since it is full, is told by /readyz within two seconds, and that it has room again',
    async () => {
      expect(runs('mount', '-t', 'tmpfs', '-o', 'size=8m', 'none', disk)).toBe(true);
      onTestFinished(() => void runs('umount', '-l', disk));
      const server = await start(disk);
      expect(await register(server)).toBe(201);
      const filler = join(disk, 'filler');
      expect(() => writeFileSync(filler, Buffer.alloc(8 * 1024 * 1024))).toThrow('ENOSPC');
      await expectReadsOnly(server);
      rmSync(filler);
      expect(await readyzAnswers(server, 200)).toBeLessThan(2_000);
      expect(await register(server)).toBe(201);
    },
  );
});
