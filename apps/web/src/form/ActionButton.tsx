import type { ReactNode } from 'react';
import { useWords } from '../i18n/words.ts';
import type { Failure } from '../session/failure.ts';
import { mistakesOf } from './mistakes.ts';
import { SubmitButton } from './SubmitButton.tsx';
import { useSubmission } from './submission.ts';

interface ActionButtonProps {
  /** Does it, and gives what went wrong. */
  send: (signal: AbortSignal) => Promise<Failure | undefined>;
  action: ReactNode;
  doing: string;
  /** Whether it is what this page is for. */
  loud?: boolean;
  /** For styles that follow from what it does. */
  className?: string;
}

/** A form of nothing but a button, with what went wrong below it. */
export function ActionButton({ send, action, doing, loud = false, className = '' }: ActionButtonProps) {
  const words = useWords();
  const submission = useSubmission((_, signal) => send(signal));
  const { failure, mistakes } = submission;
  // Read out once, as it was at first: a countdown would be read every second.
  const wait = failure && 'retryAfter' in failure ? failure.retryAfter : 0;
  const [said] = failure ? mistakesOf(failure, {}, '', wait, words) : [];
  return (
    <form className={`one-button ${className}`} aria-busy={submission.pending} onSubmit={submission.onSubmit}>
      <SubmitButton quiet={!loud} submission={submission} action={action} doing={doing} />
      {mistakes[0] && (
        <p className="mistake" aria-hidden="true">
          {mistakes[0].words}
        </p>
      )}
      <span className="unseen" role="alert" key={submission.tries}>
        {said?.words}
      </span>
    </form>
  );
}
