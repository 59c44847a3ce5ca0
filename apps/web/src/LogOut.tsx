import { useLocation } from 'wouter';
import { mistakesOf } from './form/mistakes.ts';
import { SubmitButton } from './form/SubmitButton.tsx';
import { useSubmission } from './form/submission.ts';
import { session } from './session/current.ts';
import { useWords } from './words/words.ts';

/** Hands the ticket back and goes to the start page. */
export function LogOut() {
  const words = useWords();
  const [, navigate] = useLocation();
  const submission = useSubmission((_, signal) => session.logOut({ signal, onward: () => navigate('/') }));
  const { refusal, mistakes } = submission;
  // Read out once, as it was at first: a countdown would be read every second.
  const wait = refusal && 'retryAfter' in refusal.failure ? refusal.failure.retryAfter : 0;
  const [said] = refusal ? mistakesOf(refusal, {}, '', wait, words) : [];
  return (
    <form className="log-out" aria-busy={submission.pending} onSubmit={submission.onSubmit}>
      <SubmitButton quiet submission={submission} action={words.logOut.action} doing={words.logOut.doing} />
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
