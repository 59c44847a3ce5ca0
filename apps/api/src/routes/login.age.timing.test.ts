import argon2 from 'argon2';
import { expect, inject, it, vi } from 'vitest';
import { openCounter } from '../../test/counter.ts';
import { writeEvents, writeSessions } from '../../test/history.ts';
import { excludesLeak, medianWithin } from '../../test/timing.ts';

const wrong = { password: 'not the right password' };
const most = 3_000;
const step = 300;

it('takes as long for an unknown name as for an account of 10,000 events and 100 sessions', async () => {
  // The hash costs both the same; without it, what is left shows on a busy machine as well.
  vi.spyOn(argon2, 'verify').mockResolvedValue(false);
  const counter = await openCounter({ TRUSTED_PROXIES: '127.0.0.1', LOG_LEVEL: 'silent' });
  const { id } = (await counter.visitor().register('oldest')).json();
  await writeEvents(counter.database, id, 'logged-in', 7_000, Date.now());
  await writeEvents(counter.database, id, 'login-failed', 3_000, Date.now());
  await writeSessions(counter.database, id, 99, Date.now());
  const time = async (name: string, round: number) => {
    const visitor = counter.visitor({
      'x-forwarded-for': `198.51.${100 + Math.floor(round / 5_000)}.${Math.floor(round / 25) % 200}`,
    });
    const started = performance.now();
    const before = process.threadCpuUsage();
    const { statusCode } = await visitor.logIn(name, wrong);
    const { user, system } = process.threadCpuUsage(before);
    const took = performance.now() - started;
    expect(statusCode).toBe(401);
    // SQLite works in this thread, whose own time no other program lengthens; PostgreSQL does not.
    return inject('engine') === 'sqlite' ? (user + system) / 1_000 : took;
  };

  const differences: number[] = [];
  while (differences.length < most && !(differences.length > 0 && excludesLeak(differences))) {
    for (let pair = 0; pair < step; pair += 1) {
      const round = differences.length;
      // Nobody is ever made to wait: both names have three failures at most.
      if (round % 3 === 0) await counter.database.query('DELETE FROM login_failures');
      // Each goes first every other time, so that neither gains by it.
      const first = await time(round % 2 ? 'oldest' : 'nobody', round);
      const second = await time(round % 2 ? 'nobody' : 'oldest', round);
      differences.push(round % 2 ? first - second : second - first);
    }
  }
  const interval = medianWithin(differences);
  expect(excludesLeak(differences), `${differences.length} pairs, median within ${interval} ms`).toBe(true);
}, 240_000);
