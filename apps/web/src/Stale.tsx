import { Retry } from './Retry.tsx';
import type { Refusal } from './session/failure.ts';
import { useWords } from './words/words.ts';

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
