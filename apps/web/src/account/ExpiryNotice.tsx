import { visitor } from '../session/current.ts';
import type { KnownVisitor } from '../session/visitor-state.ts';
import { useExpiry } from './expiry.ts';
import { LostCodes } from './ways/LostCodes.tsx';
import { useAccountWords } from './words.ts';

/**
 * Says, two minutes before a user's session ends, when it ends and whether the user can put that off, in a bar at the lower
 * edge. After the end, {@link LostCodes} stands there.
 */
export function ExpiryNotice({ state }: { state: KnownVisitor }) {
  const { ending } = useAccountWords();
  const end = useExpiry(state);
  const near = state.conversation.user ? end : undefined;
  return (
    <>
      {near && (
        <section className="notice ending" aria-label={ending.title}>
          <p>{near.canBePutOff ? ending.soon(near.at) : ending.forGood(near.at)}</p>
          {near.canBePutOff && (
            <button type="button" className="button" onClick={visitor.refresh}>
              {ending.stay}
            </button>
          )}
        </section>
      )}
      <p className="unseen" role="status">
        {near && (near.canBePutOff ? ending.soon(near.at) : ending.forGood(near.at))}
      </p>
      <LostCodes state={state} />
    </>
  );
}
