import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../i18n/words.ts';
import { useLasting } from './seconds.ts';
import type { Submission } from './submission.ts';

interface SubmitButtonProps {
  submission: Submission;
  /** The words on the button: "Log in". */
  action: ReactNode;
  /** The words on the button while the job is running: "Logging in…". */
  doing: string;
  /** Whether the button is not the main one of its page. */
  quiet?: boolean;
}

/** Milliseconds after which the button says that the job is running. */
const slowMs = 1_000;
/** Milliseconds after which the person is offered to stop waiting. */
const stuckMs = 10_000;

/**
 * The button of a form, which shows how long its job has been running.
 *
 * The button is never `disabled`, so that it never loses focus. The submission ignores a second press.
 */
export function SubmitButton({ submission, action, doing, quiet = false }: SubmitButtonProps) {
  const words = useWords();
  const { pending, seconds, failure } = submission;
  const slow = useLasting(pending, slowMs);
  const stuck = useLasting(pending, stuckMs);
  const wayOut = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (stuck) wayOut.current?.scrollIntoView({ block: 'nearest' });
  }, [stuck]);
  const isWaitOver = failure && failure.retryAt > 0 && seconds === 0 && !pending;

  return (
    <div className="submit">
      <button
        type="submit"
        className={quiet ? 'button quiet' : 'button'}
        aria-disabled={pending || seconds > 0}
        aria-busy={pending}
        data-doing={doing}
      >
        {slow ? doing : seconds > 0 ? words.waitFor(seconds) : action}
      </button>
      {stuck && (
        <p className="stuck" ref={wayOut}>
          {words.takingLong}{' '}
          <button type="button" className="link" onClick={submission.stop}>
            {words.stopWaiting}
          </button>
        </p>
      )}
      <span className="unseen" role="status">
        {stuck ? words.takingLong : slow ? doing : isWaitOver ? words.tryAgainNow : ''}
      </span>
    </div>
  );
}
