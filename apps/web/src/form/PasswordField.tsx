import { useEffect, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { passwordLength } from './checks.ts';
import { Field } from './Field.tsx';
import type { Submission } from './submission.ts';

interface PasswordFieldProps {
  submission: Submission;
  label?: string;
  /** Given for a new password: the code points it needs, which then are counted along. */
  least?: number;
}

/**
 * A password box: a form's one for the password of now, or its one for a new one. What it shows is hidden again by
 * every try to submit, and a wrong password of now is cleared.
 */
export function PasswordField({ submission, label, least }: PasswordFieldProps) {
  const words = useWords();
  const [length, setLength] = useState(0);
  const [shownFor, setShownFor] = useState<number>();
  const [capsLock, setCapsLock] = useState(false);
  const shown = shownFor === submission.tries;
  const id = least ? 'new-password' : 'current-password';
  const { failure } = submission;

  useEffect(() => {
    const input = document.getElementById(id);
    const wrong = failure?.type === '/problems/wrong-password' && !least;
    if (wrong && input instanceof HTMLInputElement) input.value = '';
  }, [failure, id, least]);

  const forNew = least && {
    hint: (
      <>
        <span>{words.register.passwordHint}</span>{' '}
        <span className="count">{words.register.counted(length, least)}</span>
      </>
    ),
    minLength: least,
    passwordrules: `minlength: ${least}`,
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
      onInput={(event) => setLength(passwordLength(event.currentTarget.value))}
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
