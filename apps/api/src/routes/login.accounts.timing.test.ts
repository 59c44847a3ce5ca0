import argon2 from 'argon2';
import { expect, it, type TestContext, vi } from 'vitest';
import { openCounter, password } from '../../test/counter.ts';
import { writeEvents, writeSessions } from '../../test/history.ts';
import { expectNoLeak, timeOf } from '../../test/timing.ts';

const wrong = { password: 'not the right password' };
type Counter = Awaited<ReturnType<typeof openCounter>>;
type Attempt = { name: string; password: string };

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
  ['whose password is not enough without a passkey', shut],
];

/** Keeps the password as that of an account which asks for a passkey beside it. */
async function shut({ database }: Counter): Promise<void> {
  await database.query("UPDATE accounts SET password_hash = 'beside-a-passkey:' || password_hash");
}

/** Compares two kinds of attempts at a login, neither of which gets in. */
async function compare(context: TestContext, counter: Counter, one: Attempt, other: Attempt) {
  let emptied = -1;
  const time = async ({ name, ...body }: Attempt, round: number) => {
    // Nobody is ever made to wait: both names have three failures at most.
    if (round % 3 === 0 && round !== emptied) await counter.database.query('DELETE FROM login_failures');
    emptied = round;
    const network = `198.51.${100 + Math.floor(round / 5_000)}.${Math.floor(round / 25) % 200}`;
    const visitor = counter.visitor({ 'x-forwarded-for': network });
    return timeOf(async () => {
      expect((await visitor.logIn(name, body)).statusCode).toBe(401);
    });
  };
  await expectNoLeak(
    context,
    (round) => time(one, round),
    (round) => time(other, round),
    { maxPairs: 3_000, pairsBetween: 300 },
  );
}

it.for(accounts)('takes as long for an unknown name as for an account %s', async ([, age], context) => {
  const counter = await openCounter({ TRUSTED_PROXIES: '127.0.0.1', LOG_LEVEL: 'silent' });
  const { id } = (await counter.visitor().register('oldest')).json();
  // Both are checked against the same hashes (decoys.test.ts). What is left shows on a busy machine as well.
  vi.spyOn(argon2, 'verify').mockResolvedValue(false);
  await age(counter, id);
  await compare(context, counter, { name: 'oldest', ...wrong }, { name: 'nobody', ...wrong });
});

it('takes as long for a right password that is not enough as for a wrong one', async (context) => {
  const counter = await openCounter({ TRUSTED_PROXIES: '127.0.0.1', LOG_LEVEL: 'silent' });
  await counter.visitor().register('oldest');
  await shut(counter);
  // As above; the answer alone tells which of the two it was.
  vi.spyOn(argon2, 'verify').mockImplementation(async (_hash, given) => given === password);
  const right = await counter.visitor().logIn('oldest');
  expect(right.json()).toMatchObject({ status: 401, type: '/problems/passkey-required' });
  await compare(context, counter, { name: 'oldest', password }, { name: 'oldest', ...wrong });
});
