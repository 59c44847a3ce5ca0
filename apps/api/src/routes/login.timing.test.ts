import argon2 from 'argon2';
import { expect, inject, it, type TestContext, vi } from 'vitest';
import { openCounter } from '../../test/counter.ts';
import { expectNoLeak, timeOf } from '../../test/timing.ts';

const wrong = { password: 'not the right password' };

type Time = (work: () => Promise<unknown>) => Promise<number>;

/** Compares logins with an unknown name to logins with a wrong password, five of each account. */
async function compare(context: TestContext, time: Time, options: Parameters<typeof expectNoLeak>[3]) {
  const counter = await openCounter({
    TRUSTED_PROXIES: '127.0.0.1',
    LOG_LEVEL: 'silent',
    REGISTRATIONS_PER_HOUR: '2000',
  });
  let registered = '';
  const timeLogin = async (prefix: string, round: number) => {
    // Nobody is ever made to wait: five tries a name, fifty an address.
    const at = Math.floor(round / 5);
    const known = `known${at}`;
    if (known !== registered) await counter.visitor().register(known);
    registered = known;
    const visitor = counter.visitor({ 'x-forwarded-for': `198.51.100.${Math.floor(round / 25)}` });
    return time(async () => {
      expect((await visitor.logIn(`${prefix}${at}`, wrong)).statusCode).toBe(401);
    });
  };
  await expectNoLeak(
    context,
    (round) => timeLogin('known', round),
    (round) => timeLogin('nobody', round),
    options,
  );
}

it('takes as long for an unknown name as for a wrong password, within half a millisecond beside the hash', async (context) => {
  // Both are checked against the same hashes (decoys.test.ts), whose time is left out: it varies more than the leak.
  const hash = await argon2.hash('umbrella');
  vi.spyOn(argon2, 'hash').mockResolvedValue(hash);
  vi.spyOn(argon2, 'verify').mockResolvedValue(false);
  await compare(context, timeOf, { maxPairs: 3_000, pairsBetween: 200 });
});

it('takes as long for an unknown name as for a wrong password, hash included', async (context) => {
  const onTheClock = async (work: () => Promise<unknown>) => {
    const started = performance.now();
    await work();
    return performance.now() - started;
  };
  // Half a millisecond takes minutes to rule out. A tenth of a hash takes seconds.
  const isLong = inject('rounds') >= 10_000;
  const options = isLong ? { maxPairs: 5_000 } : { maxPairs: 200, leakMs: 3 };
  await compare(context, onTheClock, { ...options, pairsBetween: 100 });
}, 600_000);
