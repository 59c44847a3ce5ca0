import type { Passkey } from '@coatcheck/api-types';
import { client, visitor } from '../../session/current.ts';
import { createPasskey, hasPasskeys, urlForPasskeys } from '../../webauthn/webauthn.ts';
import { useAccountWords } from '../words.ts';
import { freshName } from './fresh-name.ts';
import { PasskeyRow } from './PasskeyRow.tsx';
import { WayButton } from './WayButton.tsx';

interface PasskeysProps {
  passkeys: Passkey[];
  /** The name of this device, which a new passkey gets. */
  device: string | null;
  /** The id of the passkey whose details are open. */
  open: string | undefined;
  setOpen: (id: string | undefined) => void;
  /** Called after a change. @param said what has happened, in words */
  onChange: (said: string) => void;
}

/** The passkeys of the account, and the button that adds one. */
export function Passkeys({ passkeys, device, open, setOpen, onChange }: PasskeysProps) {
  const { passkeys: words } = useAccountWords();
  const elsewhere = urlForPasskeys(window.location.href);
  return (
    <section aria-labelledby="passkeys">
      <h2 id="passkeys">{words.title}</h2>
      <p>{words.explained}</p>
      {passkeys.length > 0 ? (
        <ul className="passkeys">
          {passkeys.map((passkey) => (
            <PasskeyRow
              key={passkey.id}
              passkey={passkey}
              isOpen={passkey.id === open}
              setIsOpen={(isOpen) => setOpen(isOpen ? passkey.id : undefined)}
              onChange={onChange}
            />
          ))}
        </ul>
      ) : (
        <p>{words.none}</p>
      )}
      {elsewhere ? (
        <p>
          {words.elsewhere} <a href={elsewhere}>{words.open(new URL(elsewhere).host)}</a>
        </p>
      ) : hasPasskeys() ? (
        <WayButton
          id="add-passkey"
          action={words.add}
          doing={words.adding}
          send={async (signal) => {
            const options = await visitor.settle(client.POST('/me/passkeys/options', { signal }));
            if (!options.ok) return options.problem;
            const response = await createPasskey(options.data);
            if (typeof response === 'string') return words.notMade[response];
            // Saved at once: a passkey that waits for its name could be left in the device, unknown to the server.
            const name = freshName(device ?? words.unnamed, passkeys);
            const body = { name, response };
            const added = await visitor.settle(client.POST('/me/passkeys', { body, signal }));
            if (!added.ok) return added.problem;
            setOpen(added.data.id);
            onChange(words.added(name));
            return undefined;
          }}
        />
      ) : (
        <p className="hint">{words.notMade.unsupported}.</p>
      )}
    </section>
  );
}
