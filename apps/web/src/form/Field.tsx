import type { InputHTMLAttributes, ReactNode } from 'react';
import type { Submission } from './submission.ts';

type Attributes = Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'name' | 'aria-describedby'>;

interface FieldProps extends Attributes {
  /** The id and the name of the input, which never change: password managers know the field by them. */
  id: string;
  label: ReactNode;
  hint?: ReactNode;
  submission: Submission;
  /** A notice for the person who types. Screen readers read every change. */
  status?: ReactNode;
  /** The elements after the input, in the same box. */
  children?: ReactNode;
}

/** A label, a hint, the mistake, and the input, in this order. Other props go to the input. */
export function Field({ id, label, hint, submission, status, children, ...input }: FieldProps) {
  const mistake = submission.mistakes.find(({ inputs }) => inputs.includes(id));
  const first = mistake?.inputs[0] ?? id;
  const described = [hint && `${id}-hint`, mistake && `${first}-error`].filter(Boolean).join(' ');

  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {mistake && first === id && (
        <p className="mistake" id={`${id}-error`}>
          {mistake.words}
        </p>
      )}
      <div className="box">
        <input
          id={id}
          name={id}
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          aria-invalid={mistake ? true : undefined}
          aria-describedby={described || undefined}
          {...input}
        />
        {children}
      </div>
      {status !== undefined && (
        <p className="status" role="status">
          {status}
        </p>
      )}
    </div>
  );
}
