import { useEffect, useState } from 'react';

/** A part of the page that is fetched apart from the first paint. */
export interface Later<Part> {
  /** Fetches it, unless it is there. */
  fetch(): Promise<Part>;
  /** The part, if it is there. */
  now(): Part | undefined;
}

/** @param load fetches the part */
export function later<Part>(load: () => Promise<Part>): Later<Part> {
  let there: Part | undefined;
  return {
    async fetch() {
      there ??= await load();
      return there;
    },
    now: () => there,
  };
}

/** A part, once it is there, or that it cannot be fetched though it is needed. */
interface Arriving<Part> {
  part: Part | undefined;
  missing: boolean;
}

/**
 * A part once it is there. It is no `lazy`, whose stopgap would show for a moment though all is there.
 * @param when `needed` to show anything; fetched `ahead`, it breaks nothing where it cannot be had
 */
export function useLater<Part>(part: Later<Part>, when: 'needed' | 'ahead' | undefined): Arriving<Part> {
  const [there, setThere] = useState(part.now);
  const [missing, setMissing] = useState(false);
  useEffect(() => {
    if (!when || there) return;
    let over = false;
    part.fetch().then(
      (fetched) => setThere(() => fetched),
      () => setMissing(!over),
    );
    return () => {
      over = true;
      setMissing(false);
    };
  }, [part, when, there]);
  return { part: there, missing: missing && when === 'needed' };
}
