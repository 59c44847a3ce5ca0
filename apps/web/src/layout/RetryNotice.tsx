import { troubleOf } from '../form/mistakes.ts';
import { useSecondsUntil } from '../form/seconds.ts';
import { useWords } from '../i18n/words.ts';
import type { Refusal } from '../session/failure.ts';

interface RetryNoticeProps {
  refusal: Refusal;
  /** Asks again now. */
  ask: () => void;
}

/** Why the server did not answer a question that is asked again by itself, and the way to ask at once. */
export function RetryNotice({ refusal, ask }: RetryNoticeProps) {
  const words = useWords();
  const seconds = useSecondsUntil(refusal.until);
  return (
    <>
      <p>{troubleOf(refusal, words)}</p>
      <div className="actions">
        <button
          type="button"
          className="button"
          aria-disabled={seconds > 0}
          onClick={() => seconds === 0 && ask()}
        >
          {seconds > 0 ? words.waitFor(seconds) : words.tryAgain}
        </button>
      </div>
    </>
  );
}
