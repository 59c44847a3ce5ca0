import { type ReactNode, useEffect, useState } from 'react';
import { useMedia } from '../media.ts';

/** The width from which the style sets three columns. */
const threeColumns = window.matchMedia('(width >= 72rem)');

interface SideProps {
  which: 'browser' | 'server';
  title: string;
  /** A key of the content. A side that is folded opens when the key changes. */
  of: string | null;
  children: ReactNode;
}

/** The key of each side when it was last shown. The map outlives the components, which React removes while another page shows. */
const lastSeen = new Map<SideProps['which'], string | null>();

/** Forgets the keys of both sides, so that neither side opens by itself at its next content. */
export const forgetSides = (): void => lastSeen.clear();

/** The box of the browser or of the server, beside the wire if there is room for three columns. Otherwise the box folds. */
export function Side({ which, title, of, children }: SideProps) {
  const wide = useMedia(threeColumns);
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (lastSeen.has(which) && lastSeen.get(which) !== of) setOpen(true);
    lastSeen.set(which, of);
  }, [which, of]);
  if (wide) {
    return (
      <section className="side">
        <h2>{title}</h2>
        {children}
      </section>
    );
  }
  return (
    <details className="side" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>{title}</h2>
      </summary>
      {children}
    </details>
  );
}
