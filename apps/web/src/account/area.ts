import { useEffect, useState } from 'react';
import type { Area } from './Area.tsx';

let area: typeof Area | undefined;

/** Fetches the account's pages. Whoever is not logged in needs none of them. */
export async function fetchArea() {
  const module = await import('./Area.tsx');
  area = module.Area;
  return area;
}

/**
 * The account's pages once they are there. It is no `lazy`, whose stopgap would show for a moment though all is there.
 * @param wanted whether to fetch them
 */
export function useArea(wanted: boolean): typeof Area | undefined {
  const [there, setThere] = useState(() => area);
  useEffect(() => {
    if (!wanted || there) return;
    fetchArea().then(
      (fetched) => setThere(() => fetched),
      // For the boundary above: this page cannot be shown.
      (error) =>
        setThere(() => {
          throw error;
        }),
    );
  }, [wanted, there]);
  return there;
}
