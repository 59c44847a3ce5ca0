import { maxPasskeyNameLength, type Passkey } from '@coatcheck/api-types';
import { useEffect, useId, useRef } from 'react';
import { checkPresent } from '../../form/checks.ts';
import { Field } from '../../form/Field.tsx';
import { checkLength } from '../../form/new/checks.ts';
import { SubmitButton } from '../../form/SubmitButton.tsx';
import { useSubmission } from '../../form/submission.ts';
import { useWords } from '../../i18n/words.ts';
import { client, visitor } from '../../session/current.ts';
import { useAgo } from '../useAgo.ts';
import { useAccountWords } from '../words.ts';
import { WayButton } from './WayButton.tsx';

interface PasskeyRowProps {
  passkey: Passkey;
  /** Whether the form for the name and the button that removes the passkey show. */
  isOpen: boolean;
  setIsOpen: (isOpen: boolean) => void;
  /** Called after a change. @param said what has happened, in words */
  onChange: (said: string) => void;
}

/** A passkey in two lines. A press of "Change" shows the form for its name, and the button that removes it. */
export function PasskeyRow({ passkey, isOpen, setIsOpen, onChange }: PasskeyRowProps) {
  const words = useWords();
  const { passkeys } = useAccountWords();
  const ago = useAgo();
  const details = useId();
  const { id, name, createdAt, lastUsedAt, synced } = passkey;
  const time = (iso: string, said: string) => (
    <time dateTime={iso} title={words.moment(iso)}>
      {said}
    </time>
  );
  return (
    <li>
      <b>{name}</b>
      <p className="hint">
        <span>{synced ? passkeys.synced : passkeys.single}</span>
        <span>{time(createdAt, passkeys.since(words.day(createdAt)))}</span>
        <span>{lastUsedAt ? time(lastUsedAt, passkeys.used(ago(lastUsedAt))) : passkeys.unused}</span>
      </p>
      <button
        type="button"
        className="link"
        aria-expanded={isOpen}
        aria-controls={details}
        onClick={() => setIsOpen(!isOpen)}
      >
        <span>{passkeys.change}</span>
        <span className="unseen">{passkeys.of(name)}</span>
      </button>
      <div className="open" id={details} hidden={!isOpen}>
        {isOpen && (
          <>
            <Rename
              passkey={passkey}
              onChange={(name) => {
                setIsOpen(false);
                onChange(passkeys.saved(name));
              }}
            />
            <WayButton
              id={`remove-${id}`}
              action={
                <>
                  <span>{passkeys.remove}</span>
                  <span className="unseen">{passkeys.of(name)}</span>
                </>
              }
              doing={passkeys.removing}
              send={async (signal) => {
                const call = client.DELETE('/me/passkeys/{id}', { params: { id }, signal });
                const gone = await visitor.settle(call);
                // It may have been removed from elsewhere meanwhile. The person wanted no more than that.
                if (!gone.ok && gone.problem.type !== '/problems/not-found') return gone.problem;
                setIsOpen(false);
                onChange(passkeys.removed(name));
                return undefined;
              }}
            />
          </>
        )}
      </div>
    </li>
  );
}

const inputs = { '#/name': 'passkey-name' };

/** The form for the name of a passkey. It takes focus when it opens. */
function Rename({ passkey: { id, name }, onChange }: { passkey: Passkey; onChange: (name: string) => void }) {
  const { passkeys } = useAccountWords();
  const form = useRef<HTMLFormElement>(null);
  const submission = useSubmission(
    async (typed, signal) => {
      const name = String(typed.get('passkey-name')).trim();
      const errors = [
        ...checkPresent('#/name', name),
        ...checkLength('#/name', [...name].length, 0, maxPasskeyNameLength),
      ];
      if (errors.length > 0) return { type: 'mistyped', errors };
      const call = client.PATCH('/me/passkeys/{id}', { params: { id }, body: { name }, signal });
      const renamed = await visitor.settle(call);
      if (!renamed.ok) return renamed.problem;
      onChange(name);
      return undefined;
    },
    inputs,
    passkeys.fields,
  );
  useEffect(() => {
    const input = form.current?.querySelector<HTMLInputElement>('#passkey-name');
    input?.focus();
    input?.select();
  }, []);
  const [mistake] = submission.mistakes;
  return (
    <form noValidate method="post" ref={form} onSubmit={submission.onSubmit}>
      <Field
        id="passkey-name"
        label={passkeys.name}
        autoComplete="off"
        defaultValue={name}
        submission={submission}
      />
      <SubmitButton quiet submission={submission} action={passkeys.save} doing={passkeys.saving} />
      {mistake && mistake.inputs.length === 0 && <p className="mistake">{mistake.words}</p>}
      <span className="unseen" role="alert" key={submission.tries}>
        {mistake?.words}
      </span>
    </form>
  );
}
