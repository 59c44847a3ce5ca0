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
import { Removal } from './Removal.tsx';

/**
 * What shows below a passkey. `naming`: the form for its name alone, since it has just been added; `change`: that form and the
 * button that removes the passkey; `removal`: the question whether to remove it.
 */
export type PasskeyDetails = 'naming' | 'change' | 'removal';

interface PasskeyRowProps {
  passkey: Passkey;
  /** undefined: nothing. */
  details: PasskeyDetails | undefined;
  setDetails: (details: PasskeyDetails | undefined) => void;
  /** Called after a change. @param said what has happened, in words */
  onChange: (said: string) => void;
}

/**
 * A passkey in two lines. A press of "Change" shows the form for its name and the button that removes it, which asks first: a
 * passkey that is removed by mistake stays in the device, where it is good for nothing.
 */
export function PasskeyRow({ passkey, details, setDetails, onChange }: PasskeyRowProps) {
  const words = useWords();
  const { passkeys } = useAccountWords();
  const ago = useAgo();
  const detailsId = useId();
  const change = useRef<HTMLButtonElement>(null);
  const { name, createdAt, lastUsedAt, synced } = passkey;
  const isOpen = details !== undefined;
  const time = (iso: string, said: string) => (
    <time dateTime={iso} title={words.moment(iso)}>
      {said}
    </time>
  );
  function end(said: string) {
    setDetails(undefined);
    onChange(said);
  }
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
        ref={change}
        aria-expanded={isOpen}
        aria-controls={detailsId}
        onClick={() => setDetails(isOpen ? undefined : 'change')}
      >
        <span>{passkeys.change}</span>
        <span className="unseen">{passkeys.of(name)}</span>
      </button>
      <div className="open" id={detailsId} hidden={!isOpen}>
        {(details === 'naming' || details === 'change') && (
          <Rename passkey={passkey} onChange={(name) => end(passkeys.saved(name))} />
        )}
        {details === 'change' && (
          <button type="button" className="button quiet" onClick={() => setDetails('removal')}>
            <span>{passkeys.remove}</span>
            <span className="unseen">{passkeys.of(name)}</span>
          </button>
        )}
        {details === 'removal' && (
          <Removal
            passkey={passkey}
            onRemoved={() => end(passkeys.removed(name))}
            onKept={() => {
              setDetails(undefined);
              change.current?.focus();
            }}
          />
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
