import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createLockQueue } from './sqlite-queue.ts';

const taken = new Error('taken');
const isTaken = (error: unknown) => error === taken;

it('lets those who waited go one after another, each in a turn of the event loop', async () => {
  let isFree = false;
  let turns = 0;
  const gone: [who: number, turn: number][] = [];
  const inTurn = createLockQueue(isTaken, () => undefined);
  const go = (who: number) =>
    inTurn(() => {
      if (!isFree) throw taken;
      gone.push([who, turns]);
    });
  const all = Promise.all([1, 2, 3, 4, 5].map(go));
  isFree = true;
  while (gone.length < 5) {
    await turn();
    turns += 1;
  }
  await all;
  expect(gone.map(([who]) => who)).toEqual([1, 2, 3, 4, 5]);
  expect(new Set(gone.map(([, turn]) => turn)).size).toBe(5);
});

/** A clock that goes on by what somebody sleeps. */
function turnedClock() {
  const clock = { now: 0, slept: [] as number[] };
  const sleep = async (ms: number) => {
    clock.now += ms;
    clock.slept.push(ms);
  };
  return { clock, sleep, now: () => clock.now };
}
const refuse = () => {
  throw taken;
};

it('keeps nobody waiting when the lock is free, and none for longer than two seconds when it is not', async () => {
  const { clock, ...time } = turnedClock();
  const inTurn = createLockQueue(isTaken, () => undefined, time);
  const given = inTurn(() => 'at once');
  expect(await Promise.race([given, turn('later')])).toBe('at once');
  expect(clock.now).toBe(0);
  await Promise.all([1, 2, 3].map(() => expect(inTurn(refuse)).rejects.toThrow(taken)));
  expect(clock.now).toBeGreaterThanOrEqual(2_000);
  expect(clock.now).toBeLessThan(2_100);
  expect(Math.min(...clock.slept)).toBeGreaterThan(0);
  expect(await inTurn(() => 'goes on')).toBe('goes on');
});

it('does not count the time in which nobody is to ask', async () => {
  const { clock, ...time } = turnedClock();
  let { promise: free, resolve: setFree } = Promise.withResolvers<void>();
  let isFree = false;
  const inTurn = createLockQueue(isTaken, () => (isFree ? undefined : free), time);
  let asked = 0;
  const waiting = [1, 2, 3].map((who) =>
    inTurn(() => {
      asked += 1;
      if (asked < 50) throw taken;
      return who;
    }),
  );
  await turn();
  expect(asked).toBe(0);
  clock.now += 60_000;
  isFree = true;
  setFree();
  expect(await Promise.all(waiting)).toEqual([1, 2, 3]);
  // Again, after somebody has been refused in between.
  isFree = false;
  ({ promise: free, resolve: setFree } = Promise.withResolvers<void>());
  const last = inTurn(refuse);
  await turn();
  clock.now += 60_000;
  const since = clock.now;
  isFree = true;
  setFree();
  await expect(last).rejects.toThrow(taken);
  expect(clock.now - since).toBeGreaterThanOrEqual(2_000);
});
