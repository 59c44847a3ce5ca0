import { useWords } from '../i18n/words.ts';
import type { TimedFailure } from '../session/failure.ts';
import { RetryNotice } from './RetryNotice.tsx';

/** Says above a page that it may be old, since the last call failed. @param retry makes the call now */
export function StaleNotice({ failure, retry }: { failure: TimedFailure; retry: () => void }) {
  const words = useWords();
  return (
    <section className="stale" aria-label={words.mayBeOld}>
      <p>
        <strong>{words.mayBeOld}</strong>
      </p>
      <RetryNotice failure={failure} retry={retry} />
    </section>
  );
}
