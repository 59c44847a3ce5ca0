import { expect, it } from 'vitest';
import { openCounter } from '../../test/counter.ts';
import { excludesLeak, leak, medianWithin } from '../../test/timing.ts';

const wrong = { password: 'not the right password' };
const most = 1_500;
const step = 100;

it('takes as long for an unknown name as for a wrong password, and would notice half a millisecond', async () => {
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

  const differences: number[] = [];
  while (differences.length < most && !(differences.length > 0 && excludesLeak(differences))) {
    for (let pair = 0; pair < step; pair += 1) {
      const round = differences.length;
      const known = `known${Math.floor(round / 5)}`;
      if (round % 5 === 0) await counter.visitor().register(known);
      // Each goes first every other time, so that neither gains by it.
      const unknown = `nobody${Math.floor(round / 5)}`;
      const first = await time(round % 2 ? known : unknown, round);
      const second = await time(round % 2 ? unknown : known, round);
      differences.push(round % 2 ? first - second : second - first);
    }
  }

  const interval = medianWithin(differences);
  expect(excludesLeak(differences), `${differences.length} pairs, median within ${interval} ms`).toBe(true);
  expect(excludesLeak(differences.map((difference) => difference + leak))).toBe(false);
}, 240_000);
