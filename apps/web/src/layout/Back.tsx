import type { Next } from '../browser/next.ts';
import { useWords } from '../i18n/words.ts';
import { useApp, useHouse } from '../session/current.ts';

interface BackProps {
  /** A place that is no page of this SPA. By default, the app that this server stands in front of. */
  next?: Next | undefined;
  className?: string;
}

/** The link back to where the visitor came from. Nothing where that is no app. */
export function Back({ next, className }: BackProps) {
  const words = useWords();
  const app = useApp();
  const house = useHouse();
  const place = next ?? app;
  return (
    place && (
      <a href={place.href} className={className}>
        {words.backTo(place.host ?? house?.name)}
      </a>
    )
  );
}
