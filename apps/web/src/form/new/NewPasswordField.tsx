import { useState } from 'react';
import { PasswordField } from '../PasswordField.tsx';
import type { Submission } from '../submission.ts';
import { passwordLength } from './checks.ts';
import { useNewPasswordWords } from './words.ts';

interface NewPasswordFieldProps {
  submission: Submission;
  label?: string;
  /** Code points that the password needs. The field counts them while the person types. */
  minLength: number;
}

/** The field for a new password. */
export function NewPasswordField({ submission, label, minLength }: NewPasswordFieldProps) {
  const { counted, hint } = useNewPasswordWords();
  const [length, setLength] = useState(0);
  const [typedFor, setTypedFor] = useState<number>();
  const { mistakes, tries } = submission;
  // A mistake says all that there is to say, until the person types on.
  const isCounted = typedFor === tries || !mistakes.some(({ inputs }) => inputs.includes('new-password'));
  return (
    <PasswordField
      submission={submission}
      {...(label !== undefined && { label })}
      forNew={{
        hint: (
          <>
            <span className={isCounted && length >= minLength ? 'count reached' : 'count'}>
              {counted(isCounted ? length : 0, minLength)}
            </span>{' '}
            <span>{hint}</span>
          </>
        ),
        minLength,
        passwordrules: `minlength: ${minLength}`,
        onTyped(password) {
          setLength(passwordLength(password));
          setTypedFor(tries);
        },
      }}
    />
  );
}
