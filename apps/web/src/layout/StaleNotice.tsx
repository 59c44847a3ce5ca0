import { useWords } from '../i18n/words.ts';
import type { Refusal } from '../session/failure.ts';
import { RetryNotice } from './RetryNotice.tsx';

/** Says above a page that it may be old, since the server did not confirm what it shows. */
export function StaleNotice({ refusal, ask }: { refusal: Refusal; ask: () => void }) {
  const words = useWords();
  return (
    <section className="stale" aria-label={words.mayBeOld}>
      <p>
        <strong>{words.mayBeOld}</strong>
      </p>
      <RetryNotice refusal={refusal} ask={ask} />
    </section>
  );
}
