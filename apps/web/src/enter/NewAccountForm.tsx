import type { ReactNode } from 'react';
import { Field } from '../form/Field.tsx';
import { NewPasswordField } from '../form/new/NewPasswordField.tsx';
import { Remember } from '../form/Remember.tsx';
import { SubmitButton } from '../form/SubmitButton.tsx';
import type { Submission } from '../form/submission.ts';
import { useWords } from '../i18n/words.ts';
import { useEnterWords } from './words.ts';

interface NewAccountFormProps {
  submission: Submission;
  /** Code points that a password must have. */
  minLength: number;
  /** What stands below the username. */
  children?: ReactNode;
}

/** The form for a new account, of the registration and of an invitation. */
export function NewAccountForm({ submission, minLength, children }: NewAccountFormProps) {
  const words = useWords();
  const { register } = useEnterWords();
  return (
    <form id="register" noValidate method="post" onSubmit={submission.onSubmit}>
      <Field
        id="new-username"
        label={words.username}
        hint={register.usernameHint}
        autoComplete="username"
        submission={submission}
      />
      {children}
      <NewPasswordField submission={submission} minLength={minLength} />
      <Remember id="new-remember" />
      <SubmitButton submission={submission} action={words.register.action} doing={register.doing} />
    </form>
  );
}
