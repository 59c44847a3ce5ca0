import { useEffect, useState } from 'react';

/** A part of the page that is fetched apart from the first paint. */
interface LazyPart<Part> {
  /**
   * Fetches the part and its styles, once.
   * @throws when the browser cannot fetch the part, and from then on at each call until the page is loaded anew
   */
  fetch(): Promise<Part>;
  /** The part. Undefined: it has not been fetched yet. */
  now(): Part | undefined;
}

/** A part that nothing has fetched yet. @param load fetches the part: a dynamic import */
export function lazyPart<Part>(load: () => Promise<Part>): LazyPart<Part> {
  // A failure is kept as well: no browser asks for a missing style twice, so a second import would show the part without it.
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

/** `part`: the part, once it is here. `isMissing`: whether the page needs the part and could not fetch it. */
interface PartState<Part> {
  part: Part | undefined;
  isMissing: boolean;
}

/**
 * Fetches a part, and has the component render again when the part is here. React's `lazy` would show its fallback for a
 * moment even for a part that is here already.
 * @param when `needed`: the page shows nothing without the part; `ahead`: a failure breaks nothing; undefined: do not fetch
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
