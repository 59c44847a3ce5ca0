import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';

interface SideProps {
  which: 'browser' | 'server';
  title: string;
  /** What it is about: where it is folded away, it opens when this changes. */
  of: string | null;
  children: ReactNode;
}

/** What each side was about when it was last shown, on the way to another page and back, too. */
const lastSeen = new Map<SideProps['which'], string | null>();

/** Forgets that. */
export const forgetSides = (): void => lastSeen.clear();

/** One of the two who talk: beside the wire where there is room, else to be unfolded. */
export function Side({ which, title, of, children }: SideProps) {
  const wide = useWide();
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

/** As in the style: where three columns stand beside each other. */
const threeColumns = window.matchMedia('(width >= 72rem)');

const useWide = () =>
  useSyncExternalStore(
    (changed) => {
      threeColumns.addEventListener('change', changed);
      return () => threeColumns.removeEventListener('change', changed);
    },
    () => threeColumns.matches,
  );
