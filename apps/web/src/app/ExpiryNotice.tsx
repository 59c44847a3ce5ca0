import { useWords } from '../i18n/words.ts';
import { session } from '../session/current.ts';
import { useExpiry } from '../session/expiry.ts';
import type { Known } from '../session/session.ts';

/** Says, two minutes before a user's session ends, when it ends and whether the user can put that off. */
export function ExpiryNotice({ standing }: { standing: Known }) {
  const { ending } = useWords();
  const end = useExpiry(standing);
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
