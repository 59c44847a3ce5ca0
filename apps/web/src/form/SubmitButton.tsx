import type { ReactNode } from 'react';
import { useWords } from '../i18n/words.ts';
import { useLasting } from './seconds.ts';
import type { Submission } from './submission.ts';

interface SubmitButtonProps {
  submission: Submission;
  /** "Log in" */
  action: ReactNode;
  /** "Logging in…" */
  doing: string;
  quiet?: boolean;
}

/**
 * The button of a form and what waiting for it looks like: at once, after 1 s, after 10 s.
 *
 * It is never `disabled`, so that it never loses focus; the submission itself refuses a second press.
 */
export function SubmitButton({ submission, action, doing, quiet = false }: SubmitButtonProps) {
  const words = useWords();
  const { pending, seconds, failure } = submission;
  const slow = useLasting(pending, 1_000);
  const stuck = useLasting(pending, 10_000);
  const over = failure && failure.retryAt > 0 && seconds === 0 && !pending;

  return (
    <div className="submit">
      <button
        type="submit"
        className={quiet ? 'button quiet' : 'button'}
        aria-disabled={pending || seconds > 0}
      >
        {slow ? doing : seconds > 0 ? words.waitFor(seconds) : action}
      </button>
      {stuck && (
        <p className="stuck">
          {words.takingLong}{' '}
          <button type="button" className="link" onClick={submission.stop}>
            {words.stopWaiting}
          </button>
        </p>
      )}
      <span className="unseen" role="status">
        {stuck ? words.takingLong : slow ? doing : over ? words.tryAgainNow : ''}
      </span>
    </div>
  );
}
