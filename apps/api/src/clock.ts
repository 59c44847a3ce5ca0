/** Milliseconds since 1970, as `Date.now` counts them. */
export type Clock = () => number;

/**
 * Makes the clock of this process, which never runs backwards: a system clock that is set back must not give an ended
 * session its time again. The clock does not stand still either, since then no limit would end: from the latest time
 * that was seen, it goes on by a clock that nobody sets. A system clock that is set ahead is followed at once.
 *
 * After a jump ahead and back, the process stays ahead until it is started again. Stored times that lie ahead of the
 * next process are dealt with where they are read.
 * @param sources `wall` is the system's clock; `steady` counts milliseconds from anywhere.
 */
export function monotonicClock({ wall = () => Date.now(), steady = () => performance.now() } = {}): Clock {
  let latest = wall();
  let asked = steady();
  return () => {
    const before = asked;
    asked = steady();
    latest = Math.max(latest + asked - before, wall());
    return Math.floor(latest);
  };
}
