import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createLine } from './sqlite-line.ts';

const taken = new Error('taken');
const isTaken = (error: unknown) => error === taken;

it('lets those who waited go one after another, each in a turn of the event loop', async () => {
  let isFree = false;
  let turns = 0;
  const gone: [who: number, turn: number][] = [];
  const inLine = createLine(isTaken, () => undefined);
  const go = (who: number) =>
    inLine(() => {
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

it('keeps nobody waiting when the lock is free, and none for longer than two seconds when it is not', async () => {
  const inLine = createLine(isTaken, () => undefined);
  const given = inLine(() => 'at once');
  expect(await Promise.race([given, turn('later')])).toBe('at once');
  const refuse = () => {
    throw taken;
  };
  const started = performance.now();
  await Promise.all([1, 2, 3].map(() => expect(inLine(refuse)).rejects.toThrow(taken)));
  expect(performance.now() - started).toBeLessThan(3_000);
  expect(await inLine(() => 'goes on')).toBe('goes on');
});
