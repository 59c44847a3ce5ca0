import { type ReactNode, useEffect, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { Field } from './Field.tsx';
import type { Submission } from './submission.ts';

interface PasswordFieldProps {
  submission: Submission;
  label?: string;
  /** What the field of a new password has besides. Without it, the field is for the current password. */
  forNew?: {
    hint: ReactNode;
    /** Code points that the password needs. */
    minLength: number;
    /** A rule for browsers that make passwords, in Apple's notation. */
    passwordrules: string;
    onTyped: (password: string) => void;
  };
}

/**
 * The field for the current password, or for a new one, with a button that shows what was typed. Every try to submit hides
 * the password again. A wrong current password is removed from the field.
 */
export function PasswordField({ submission, label, forNew }: PasswordFieldProps) {
  const words = useWords();
  const [shownFor, setShownFor] = useState<number>();
  const [capsLock, setCapsLock] = useState(false);
  const shown = shownFor === submission.tries;
  const { onTyped, ...attributes } = forNew ?? {};
  const id = onTyped ? 'new-password' : 'current-password';
  const { failure } = submission;

  useEffect(() => {
    const input = document.getElementById('current-password');
    const wrong = failure?.type === '/problems/wrong-password' && id === 'current-password';
    if (wrong && input instanceof HTMLInputElement) input.value = '';
  }, [failure, id]);

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
      onInput={(event) => onTyped?.(event.currentTarget.value)}
      {...attributes}
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
