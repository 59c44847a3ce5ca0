import { useEffect, useState } from 'react';

/** A part of the page that is fetched apart from the first paint. */
export interface Later<Part> {
  /** Fetches it, once. */
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

/**
 * A part once it is there. It is no `lazy`, whose stopgap would show for a moment though all is there.
 * @param wanted whether to fetch it
 */
export function useLater<Part>(part: Later<Part>, wanted: boolean): Part | undefined {
  const [there, setThere] = useState(part.now);
  useEffect(() => {
    if (!wanted || there) return;
    part.fetch().then(
      (fetched) => setThere(() => fetched),
      // For the boundary above: this page cannot be shown.
      (error) =>
        setThere(() => {
          throw error;
        }),
    );
  }, [part, wanted, there]);
  return there;
}
