import { CodesLeft } from '../../layout/CodesLeft.tsx';
import { client, visitor } from '../../session/current.ts';
import { useAccountWords } from '../words.ts';
import { WayButton } from './WayButton.tsx';

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
      <CodesLeft left={left} few={left === 0 ? codes.first : codes.few}>
        {left === 0 ? codes.none : codes.left(left)}
      </CodesLeft>
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
