import { client, visitor } from '../../session/current.ts';
import { useAccountWords } from '../words.ts';
import { WayButton } from './WayButton.tsx';

/** With this many codes left, or fewer, the page says that it is time for new ones. */
const fewCodes = 3;

interface RecoveryCodesProps {
  left: number;
  /** Called with the new codes, which the server tells this once. */
  onMade: (codes: string[]) => void;
}

/** How many recovery codes are left, and the button that makes new ones. */
export function RecoveryCodes({ left, onMade }: RecoveryCodesProps) {
  const { codes } = useAccountWords();
  return (
    <section aria-labelledby="recovery-codes">
      <h2 id="recovery-codes">{codes.title}</h2>
      <p>{codes.explained}</p>
      {left > fewCodes ? (
        <p>{codes.left(left)}</p>
      ) : (
        <p className="warning">
          {left === 0 ? (
            codes.none
          ) : (
            <>
              <b>{codes.left(left)}</b> <span>{codes.few}</span>
            </>
          )}
        </p>
      )}
      {left > 0 && <p>{codes.voids}</p>}
      <WayButton
        id="make-codes"
        action={left === 0 ? codes.make : codes.again}
        doing={codes.making}
        send={async (signal) => {
          const made = await visitor.settle(client.POST('/me/recovery-codes', { signal }));
          if (!made.ok) return made.problem;
          onMade(made.data.codes);
          return undefined;
        }}
      />
    </section>
  );
}
