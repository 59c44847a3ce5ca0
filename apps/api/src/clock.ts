/** Milliseconds since 1970, as `Date.now` counts them. */
export type Clock = () => number;

/**
 * The system's clock, held back from ever running backwards within this process: a clock that is set back must
 * not give an ended session its time again.
 */
export function monotonicClock(): Clock {
  let latest = 0;
  return () => {
    latest = Math.max(latest, Date.now());
    return latest;
  };
}
