import argon2 from 'argon2';
import { expect, it, vi } from 'vitest';
import { openCounter, password } from '../../test/counter.ts';
import { writeEvents, writeSessions } from '../../test/history.ts';
import { expectNoLeak, timeOf } from '../../test/timing.ts';

const wrong = { password: 'not the right password' };
type Counter = Awaited<ReturnType<typeof openCounter>>;

const accounts: [what: string, age: (counter: Counter, id: string) => Promise<void>][] = [
  [
    'with 10,000 events and 100 sessions',
    async ({ database }, id) => {
      await writeEvents(database, id, 'logged-in', 7_000, Date.now());
      await writeEvents(database, id, 'login-failed', 3_000, Date.now());
      await writeSessions(database, id, 99, Date.now());
    },
  ],
  [
    'whose hash has older parameters',
    async (counter) => {
      const old = await argon2.hash(password, { memoryCost: 8 * 1024, timeCost: 1, parallelism: 1 });
      await counter.database.query(`UPDATE accounts SET password_hash = '${old}'`);
      // The first attempt on an old hash teaches the process what the hash costs.
      await counter.visitor().logIn('oldest', wrong);
    },
  ],
];

it.for(accounts)('takes as long for an unknown name as for an account %s', async ([, age], context) => {
  const counter = await openCounter({ TRUSTED_PROXIES: '127.0.0.1', LOG_LEVEL: 'silent' });
  const { id } = (await counter.visitor().register('oldest')).json();
  // Both are checked against the same hashes (decoys.test.ts). What is left shows on a busy machine as well.
  vi.spyOn(argon2, 'verify').mockResolvedValue(false);
  await age(counter, id);

  let emptied = -1;
  const time = async (name: string, round: number) => {
    // Nobody is ever made to wait: both names have three failures at most.
    if (round % 3 === 0 && round !== emptied) await counter.database.query('DELETE FROM login_failures');
    emptied = round;
    const network = `198.51.${100 + Math.floor(round / 5_000)}.${Math.floor(round / 25) % 200}`;
    const visitor = counter.visitor({ 'x-forwarded-for': network });
    return timeOf(async () => {
      expect((await visitor.logIn(name, wrong)).statusCode).toBe(401);
    });
  };
  await expectNoLeak(
    context,
    (round) => time('oldest', round),
    (round) => time('nobody', round),
    { maxPairs: 3_000, pairsBetween: 300 },
  );
});
