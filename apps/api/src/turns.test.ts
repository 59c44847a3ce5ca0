import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createTurns } from './turns.ts';

/** Jobs that end when told to. */
function jobs() {
  const started: number[] = [];
  const ends: (() => void)[] = [];
  const job = (name: number) => () => {
    started.push(name);
    return new Promise<number>((resolve) => ends.push(() => resolve(name)));
  };
  const endNext = async () => {
    ends.shift()?.();
    await Promise.resolve();
  };
  return { started, job, endNext };
}

describe('turns', () => {
  it('run so many at once, the others in the order they came', async () => {
    const inTurn = createTurns({ atOnce: 2, waiting: 10, patience: 10_000 });
    const { started, job, endNext } = jobs();
    const all = [1, 2, 3, 4].map((name) => inTurn(job(name)));
    expect(started).toEqual([1, 2]);
    await endNext();
    await Promise.race(all);
    expect(started).toEqual([1, 2, 3]);
    await endNext();
    await all[1];
    expect(started).toEqual([1, 2, 3, 4]);
    await endNext();
    await endNext();
    expect(await Promise.all(all)).toEqual([1, 2, 3, 4]);
  });

  it('refuse at once when the line is full', async () => {
    const inTurn = createTurns({ atOnce: 1, waiting: 1, patience: 10_000 });
    const { started, job, endNext } = jobs();
    const first = inTurn(job(1));
    const second = inTurn(job(2));
    await expect(inTurn(job(3))).rejects.toMatchObject({ problem: { status: 503, retryAfter: 5 } });
    await endNext();
    await first;
    await endNext();
    expect(await second).toBe(2);
    expect(started).toEqual([1, 2]);
  });

  it('refuse when the wait is over, and the job is not run', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const inTurn = createTurns({ atOnce: 1, waiting: 2, patience: 10_000 });
    const { started, job } = jobs();
    void inTurn(job(1));
    const waiting = inTurn(job(2));
    const refused = expect(waiting).rejects.toMatchObject({ problem: { status: 503 } });
    vi.advanceTimersByTime(10_000);
    await refused;
    expect(started).toEqual([1]);
  });

  it('go on after a job that fails', async () => {
    const inTurn = createTurns({ atOnce: 1, waiting: 1, patience: 10_000 });
    const failing = inTurn(() => Promise.reject(new Error('no')));
    const next = inTurn(async () => 'yes');
    await expect(failing).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});
