import type { KnownVisitor } from '../../session/visitor-state.ts';
import { useAccountWords } from '../words.ts';
import { useLostCodes } from './lost-codes.ts';

/**
 * Says, in a bar at the lower edge, that new recovery codes are gone from the page because the session ended. The page forgets
 * them, since somebody else may sit there by then. The earlier codes are void, so the person has to learn that.
 */
export function LostCodes({ state }: { state: KnownVisitor }) {
  const { codes } = useAccountWords();
  const areLost = useLostCodes(state);
  return (
    <>
      {areLost && (
        <section className="notice ending" aria-label={codes.title}>
          <p>{codes.lost}</p>
        </section>
      )}
      <p className="unseen" role="status">
        {areLost && codes.lost}
      </p>
    </>
  );
}
