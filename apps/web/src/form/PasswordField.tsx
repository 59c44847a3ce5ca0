import { useEffect, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { passwordLength } from './checks.ts';
import { Field } from './Field.tsx';
import type { Submission } from './submission.ts';

interface PasswordFieldProps {
  submission: Submission;
  label?: string;
  /** The field is for a new password, which needs this many code points. The field counts them while the person types. */
  minLength?: number;
}

/**
 * The field for the current password, or for a new one, with a button that shows what was typed. Every try to submit hides
 * the password again. A wrong current password is removed from the field.
 */
export function PasswordField({ submission, label, minLength }: PasswordFieldProps) {
  const words = useWords();
  const [length, setLength] = useState(0);
  const [shownFor, setShownFor] = useState<number>();
  const [capsLock, setCapsLock] = useState(false);
  const [typedFor, setTypedFor] = useState<number>();
  const shown = shownFor === submission.tries;
  const id = minLength ? 'new-password' : 'current-password';
  const { failure, mistakes, tries } = submission;
  // A mistake says all that there is to say, until the person types on.
  const isCounted = typedFor === tries || !mistakes.some(({ inputs }) => inputs.includes(id));

  useEffect(() => {
    const input = document.getElementById(id);
    const wrong = failure?.type === '/problems/wrong-password' && !minLength;
    if (wrong && input instanceof HTMLInputElement) input.value = '';
  }, [failure, id, minLength]);

  const forNew = minLength && {
    hint: (
      <>
        <span className={isCounted && length >= minLength ? 'count reached' : 'count'}>
          {words.register.counted(isCounted ? length : 0, minLength)}
        </span>{' '}
        <span>{words.register.passwordHint}</span>
      </>
    ),
    minLength,
    passwordrules: `minlength: ${minLength}`,
  };

  return (
    <Field
      id={id}
      label={label ?? words.password}
      type={shown ? 'text' : 'password'}
      autoComplete={id}
      submission={submission}
      status={capsLock && words.capsLock}
      onKeyUp={(event) => setCapsLock(event.getModifierState('CapsLock'))}
      onBlur={() => setCapsLock(false)}
      onInput={(event) => {
        setLength(passwordLength(event.currentTarget.value));
        setTypedFor(tries);
      }}
      {...forNew}
    >
      <button
        type="button"
        className="show"
        aria-controls={id}
        aria-label={shown ? words.hidePassword : words.showPassword}
        onClick={() => setShownFor(shown ? undefined : submission.tries)}
      >
        {shown ? words.hide : words.show}
      </button>
      <span className="unseen" role="status">
        {shownFor !== undefined && (shown ? words.shown : words.hidden)}
      </span>
    </Field>
  );
}
