import argon2 from 'argon2';
import { expect, it, vi } from 'vitest';
import { openCounter } from '../../test/counter.ts';
import { writeEvents, writeSessions } from '../../test/history.ts';
import { expectNoLeak, timeOf } from '../../test/timing.ts';

const wrong = { password: 'not the right password' };

it('takes as long for an unknown name as for an account of 10,000 events and 100 sessions', async (context) => {
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
    return timeOf(async () => {
      expect((await visitor.logIn(name, wrong)).statusCode).toBe(401);
    });
  };

  let emptied = -1;
  const timeFresh = async (name: string, round: number) => {
    // Nobody is ever made to wait: both names have three failures at most.
    if (round % 3 === 0 && round !== emptied) await counter.database.query('DELETE FROM login_failures');
    emptied = round;
    return time(name, round);
  };
  await expectNoLeak(
    context,
    (round) => timeFresh('oldest', round),
    (round) => timeFresh('nobody', round),
    { maxPairs: 3_000, pairsBetween: 300 },
  );
}, 240_000);
