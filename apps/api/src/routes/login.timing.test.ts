import { expect, it } from 'vitest';
import { openCounter } from '../../test/counter.ts';
import { expectNoLeak } from '../../test/timing.ts';

const wrong = { password: 'not the right password' };

it('takes as long for an unknown name as for a wrong password, and would notice half a millisecond', async (context) => {
  const counter = await openCounter({
    TRUSTED_PROXIES: '127.0.0.1',
    LOG_LEVEL: 'silent',
    REGISTRATIONS_PER_HOUR: '1000',
  });
  // Nobody is ever made to wait: five tries a name, fifty an address.
  const time = async (name: string, round: number) => {
    const visitor = counter.visitor({ 'x-forwarded-for': `198.51.100.${Math.floor(round / 25)}` });
    const started = performance.now();
    const { statusCode } = await visitor.logIn(name, wrong);
    const took = performance.now() - started;
    expect(statusCode).toBe(401);
    return took;
  };

  let registered = '';
  const timeReady = async (name: string, round: number) => {
    const known = `known${Math.floor(round / 5)}`;
    if (known !== registered) await counter.visitor().register(known);
    registered = known;
    return time(`${name}${Math.floor(round / 5)}`, round);
  };
  await expectNoLeak(
    context,
    (round) => timeReady('known', round),
    (round) => timeReady('nobody', round),
    { maxPairs: 1_500, pairsBetween: 100 },
  );
}, 240_000);
