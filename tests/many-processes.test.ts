import { setTimeout as pause } from 'node:timers/promises';
import { expect, inject, it, onTestFinished } from 'vitest';
import { makeDatabase } from '../apps/api/test/database.ts';
import { databasesAt, startPostgres } from '../apps/api/test/postgres.ts';
import { keepLedger, type Ledger } from './ledger.ts';
import { type RunningServer, startServer } from './server.ts';

// REQUESTS=100000 makes it a long watch; the usual one fits into a test run.
const requests = Number(process.env.REQUESTS ?? 4 * inject('rounds'));
const people = 40;

/** Processes over one database, each at a port of its own that it keeps when it is started again. */
async function openProcesses(count: number, url: string) {
  const env = { DATABASE_URL: url, REGISTRATIONS_PER_HOUR: '1000', LOG_LEVEL: 'error' };
  const start = (port: string) => startServer({ env: { ...env, PORT: port, LOG_LEVEL: 'info' } });
  const running: RunningServer[] = [];
  for (let at = 0; at < count; at += 1) running.push(await start('0'));
  const urls = running.map((server) => server.url);
  onTestFinished(async () => {
    await Promise.all(running.map((server) => server.stop()));
  });
  return {
    urls,
    /** Kills one after another and starts it again, until the work is done. */
    async killInTurn(work: Promise<unknown>) {
      let going = true;
      const done = work.finally(() => {
        going = false;
      });
      let kills = 0;
      for (let at = 0; going; at = (at + 1) % count) {
        await pause(700);
        running[at]?.process.kill('SIGKILL');
        await pause(300);
        running[at] = await start(new URL(urls[at] ?? '').port);
        kills += 1;
      }
      await done;
      return kills;
    },
  };
}

function report({ requests, answers }: Ledger) {
  if (process.env.REQUESTS) console.info(`${requests} requests, answered`, Object.fromEntries(answers));
}

function expectAllWell(ledger: Ledger, statuses: number[]) {
  expect(ledger.contradictions).toEqual([]);
  expect(statuses).toEqual(expect.arrayContaining([...ledger.answers.keys()]));
  expect(ledger.answers.get(200)).toBeGreaterThan(requests / 4);
}

it('processes that share a database answer as one, while one after another is killed', {
  timeout: 600_000,
}, async () => {
  const database = await makeDatabase();
  onTestFinished(async () => void (await database.empty()));
  const processes = await openProcesses(inject('engine') === 'postgres' ? 4 : 2, database.url);
  const kept = keepLedger(processes.urls, requests, people);
  const kills = await processes.killInTurn(kept);
  const ledger = await kept;
  await ledger.settle();
  console.info(`${ledger.requests} requests, ${kills} kills`, Object.fromEntries(ledger.answers));
  expect(kills).toBeGreaterThan(2);
  expectAllWell(ledger, [0, 200, 201, 204, 401, 409, 503]);
});

if (inject('engine') === 'postgres') {
  it('PostgreSQL crashes and comes back, and only what it could not answer was refused', {
    timeout: 600_000,
  }, async () => {
    const server = await startPostgres();
    onTestFinished(() => server.remove());
    const databases = databasesAt(server.port);
    const processes = await openProcesses(2, databases.url(await databases.create()));
    const kept = keepLedger(processes.urls, requests, people);
    for (let crash = 0; crash < 3; crash += 1) {
      await pause(1_000);
      await server.crash();
      await pause(500);
      await server.start();
    }
    const ledger = await kept;
    await ledger.settle();
    report(ledger);
    expectAllWell(ledger, [200, 201, 204, 401, 409, 503]);
    expect(ledger.answers.get(503)).toBeGreaterThan(0);
  });
}
