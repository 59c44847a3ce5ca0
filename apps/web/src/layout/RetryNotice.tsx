import { failureSentence } from '../form/mistakes.ts';
import { useSecondsUntil } from '../form/seconds.ts';
import { useWords } from '../i18n/words.ts';
import type { TimedFailure } from '../session/failure.ts';

interface RetryNoticeProps {
  failure: TimedFailure;
  /** Makes the call now. */
  retry: () => void;
}

/** Says why a call failed that this page tries again by itself, with a button that tries at once. */
export function RetryNotice({ failure, retry }: RetryNoticeProps) {
  const words = useWords();
  const seconds = useSecondsUntil(failure.retryAt);
  return (
    <>
      <p>{failureSentence(failure, words)}</p>
      <div className="actions">
        <button
          type="button"
          className="button"
          aria-disabled={seconds > 0}
          onClick={() => seconds === 0 && retry()}
        >
          {seconds > 0 ? words.waitFor(seconds) : words.tryAgain}
        </button>
      </div>
    </>
  );
}
