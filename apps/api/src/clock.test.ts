import { describe, expect, it } from 'vitest';
import { monotonicClock } from './clock.ts';

const second = 1_000;
const day = 24 * 60 * 60 * second;
const start = Date.UTC(2026, 0, 1);

/** A clock over a system whose two clocks tests can turn. */
function openClock() {
  const system = { wall: start, steady: 0 };
  const now = monotonicClock({ wall: () => system.wall, steady: () => system.steady });
  const pass = (milliseconds: number) => {
    system.wall += milliseconds;
    system.steady += milliseconds;
  };
  return { system, now, pass };
}

describe('the clock', () => {
  it('goes with the system’s clock', () => {
    const { now, pass } = openClock();
    expect(now()).toBe(start);
    pass(second);
    expect(now()).toBe(start + second);
  });

  it('follows the system’s clock when that is set ahead', () => {
    const { system, now } = openClock();
    system.wall += 10 * day;
    expect(now()).toBe(start + 10 * day);
  });

  it('goes on from where it was, and never backwards, when the system’s clock is set back', () => {
    const { system, now, pass } = openClock();
    system.wall += 10 * day;
    expect(now()).toBe(start + 10 * day);
    system.wall -= 10 * day;
    expect(now()).toBe(start + 10 * day);
    pass(3 * second);
    expect(now()).toBe(start + 10 * day + 3 * second);
  });

  it('goes on though nobody asked it while the system’s clock was wrong', () => {
    const { system, now, pass } = openClock();
    system.wall -= day;
    pass(second);
    expect(now()).toBe(start + second);
  });

  it('counts whole milliseconds', () => {
    const { now, pass } = openClock();
    pass(0.6);
    expect(now()).toBe(start);
    pass(0.6);
    expect(now()).toBe(start + 1);
  });
});
