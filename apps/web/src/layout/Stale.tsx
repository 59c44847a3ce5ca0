import { useWords } from '../i18n/words.ts';
import type { Refusal } from '../session/failure.ts';
import { Retry } from './Retry.tsx';

/** Keeps what is shown, and says that the server did not confirm it. */
export function Stale({ refusal, ask }: { refusal: Refusal; ask: () => void }) {
  const words = useWords();
  return (
    <section className="stale" aria-label={words.mayBeOld}>
      <p>
        <strong>{words.mayBeOld}</strong>
      </p>
      <Retry refusal={refusal} ask={ask} />
    </section>
  );
}
