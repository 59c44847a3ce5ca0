import { useEffect, useState } from 'react';

/** A part of the page that is fetched apart from the first paint. */
export interface LazyPart<Part> {
  /**
   * Fetches the part and its styles, once.
   * @throws when it cannot be fetched; from then on always, until the page is loaded anew
   */
  fetch(): Promise<Part>;
  /** The part, if it is here. */
  now(): Part | undefined;
}

/** @param load fetches the part: a dynamic import */
export function lazyPart<Part>(load: () => Promise<Part>): LazyPart<Part> {
  // A failure is kept as well: no browser asks for a missing style twice, and a second import would come without it.
  let fetched: Promise<Part> | undefined;
  let here: Part | undefined;
  return {
    async fetch() {
      fetched ??= load();
      here = await fetched;
      return here;
    },
    now: () => here,
  };
}

/** A part, once it is here, and whether it cannot be fetched though it is needed. */
interface PartState<Part> {
  part: Part | undefined;
  isMissing: boolean;
}

/**
 * Fetches a part and shows again when it is here. React's `lazy` would show its fallback for a moment even then.
 * @param when `needed` to show anything, or fetched `ahead`: then a failure breaks nothing; undefined: not fetched
 */
export function useLazyPart<Part>(
  part: LazyPart<Part>,
  when: 'needed' | 'ahead' | undefined,
): PartState<Part> {
  const [here, setHere] = useState(part.now);
  const [hasFailed, setHasFailed] = useState(false);
  useEffect(() => {
    if (!when || here) return;
    let isOver = false;
    part.fetch().then(
      (fetched) => setHere(() => fetched),
      () => setHasFailed(!isOver),
    );
    return () => {
      isOver = true;
      setHasFailed(false);
    };
  }, [part, when, here]);
  return { part: here, isMissing: hasFailed && when === 'needed' };
}
