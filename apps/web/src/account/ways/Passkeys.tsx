import type { Passkey } from '@coatcheck/api-types';
import { ignoreSecondClick } from '../../form/double-click.ts';
import { client, visitor } from '../../session/current.ts';
import { createPasskey, hasPasskeys, urlForPasskeys } from '../../webauthn/webauthn.ts';
import { useAccountWords } from '../words.ts';
import { freshName } from './fresh-name.ts';
import { type PasskeyDetails, PasskeyRow } from './PasskeyRow.tsx';
import { WayButton } from './WayButton.tsx';

/** The passkey whose details show. */
export interface OpenPasskey {
  id: string;
  details: PasskeyDetails;
}

interface PasskeysProps {
  passkeys: Passkey[];
  /** The name of this device, which a new passkey gets. */
  device: string | null;
  open: OpenPasskey | undefined;
  setOpen: (open: OpenPasskey | undefined) => void;
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
              details={passkey.id === open?.id ? open.details : undefined}
              setDetails={(details) => setOpen(details && { id: passkey.id, details })}
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
            setOpen({ id: added.data.id, details: 'naming' });
            ignoreSecondClick();
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
