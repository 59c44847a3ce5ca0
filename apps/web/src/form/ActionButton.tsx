import type { ReactNode } from 'react';
import { useWords } from '../i18n/words.ts';
import type { Failure } from '../session/failure.ts';
import { mistakesOf, type SentencesOfFailures } from './mistakes.ts';
import { SubmitButton } from './SubmitButton.tsx';
import { useSubmission } from './submission.ts';

interface ActionButtonProps {
  /** Does the job. Resolves with the failure, or with undefined when the job succeeded. */
  send: (signal: AbortSignal) => Promise<Failure | undefined>;
  action: ReactNode;
  doing: string;
  /** Whether the button is the main one of its page. */
  loud?: boolean;
  /** The sentences about failures that mean something else here. */
  sentences?: SentencesOfFailures;
  /** A class for the styles that only this button has. */
  className?: string;
}

/** A form that consists of a button, with the failure below it. */
export function ActionButton({
  send,
  action,
  doing,
  loud = false,
  sentences = {},
  className = '',
}: ActionButtonProps) {
  const words = useWords();
  const submission = useSubmission((_, signal) => send(signal), {}, {}, sentences);
  const { failure, mistakes } = submission;
  // Screen readers read the first sentence only: they would read a countdown every second.
  const wait = failure && 'retryAfter' in failure ? failure.retryAfter : 0;
  const [first] = failure ? mistakesOf(failure, {}, '', wait, words, {}, sentences) : [];
  return (
    <form className={`one-button ${className}`} aria-busy={submission.pending} onSubmit={submission.onSubmit}>
      <SubmitButton quiet={!loud} submission={submission} action={action} doing={doing} />
      {mistakes[0] && (
        <p className="mistake" aria-hidden="true">
          {mistakes[0].words}
        </p>
      )}
      <span className="unseen" role="alert" key={submission.tries}>
        {first?.words}
      </span>
    </form>
  );
}
