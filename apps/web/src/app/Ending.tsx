import { useWords } from '../i18n/words.ts';
import { session } from '../session/current.ts';
import { useEnding } from '../session/ending.ts';
import type { Known } from '../session/session.ts';

/** Two minutes before the session of who is logged in ends: when, and what can be done. */
export function Ending({ standing }: { standing: Known }) {
  const { ending } = useWords();
  const end = useEnding(standing);
  const near = standing.conversation.user ? end : undefined;
  return (
    <>
      {near && (
        <section className="notice" aria-label={ending.title}>
          <p>{near.canBePutOff ? ending.soon(near.at) : ending.forGood(near.at)}</p>
          {near.canBePutOff && (
            <button type="button" className="button" onClick={session.ask}>
              {ending.stay}
            </button>
          )}
        </section>
      )}
      <p className="unseen" role="status">
        {near && (near.canBePutOff ? ending.soon(near.at) : ending.forGood(near.at))}
      </p>
    </>
  );
}
