import { expect, it } from 'vitest';
import type { Engine } from '../engines/engine.ts';
import { change, type Work } from '../engines/work.ts';
import { StoreUnavailable } from '../errors.ts';
import { watchWrites } from './readiness.ts';

/** An engine over a disk with room for so many characters a write; `written` notes how many each one wanted. */
function openDisk() {
  const disk = { room: Number.POSITIVE_INFINITY, written: [] as number[] };
  const write = async (work: () => Work<number>) => {
    const { value } = work().next();
    const characters = (value as { values: string[] }).values.join('').length;
    if (characters > disk.room) throw new StoreUnavailable('full');
    disk.written.push(characters);
  };
  return { disk, ...watchWrites({ write } as unknown as Engine) };
}

it('a disk that is full, and takes a small write still, is not ready after one has failed', async () => {
  const { disk, watched, ready } = openDisk();
  await ready();
  disk.room = 100;
  await expect(ready()).resolves.toBeUndefined();
  await expect(watched.write(() => change('', 'a'.repeat(101)))).rejects.toThrow(StoreUnavailable);
  await expect(ready()).rejects.toThrow(StoreUnavailable);
  await expect(watched.write(() => change('', 'a'))).resolves.toBeUndefined();
  await expect(ready()).rejects.toThrow(StoreUnavailable);
  disk.room = Number.POSITIVE_INFINITY;
  await expect(ready()).resolves.toBeUndefined();
  expect(disk.written.at(-1)).toBeGreaterThan(100_000);
  await ready();
  expect(disk.written.at(-1)).toBeLessThan(10);
});
