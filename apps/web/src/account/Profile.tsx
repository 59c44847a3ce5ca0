import type { User } from '@coatcheck/api-types';
import { useState } from 'react';
import { Field } from '../form/Field.tsx';
import { SubmitButton } from '../form/SubmitButton.tsx';
import { useSubmission } from '../form/submission.ts';
import { useWords } from '../i18n/words.ts';
import { Fact } from '../layout/Facts.tsx';
import { client, visitor } from '../session/current.ts';
import { checkProfile } from './checks.ts';
import { useAccountWords } from './words.ts';

const inputs = { '#/displayName': 'display-name', '#/email': 'email' };

/** The submission that saves the profile, and whether the last one succeeded. */
export function useProfile() {
  const { fields } = useAccountWords().profile;
  const [saved, setSaved] = useState(false);
  const submission = useSubmission(
    async (typed, signal) => {
      setSaved(false);
      const text = (name: string) => String(typed.get(name)).trim() || null;
      const body = { displayName: text('display-name'), email: text('email') };
      const errors = checkProfile(body);
      if (errors.length > 0) return { type: 'mistyped', errors };
      return visitor.change(client.PATCH('/me', { body, signal }), () => setSaved(true));
    },
    inputs,
    fields,
  );
  return { submission, saved };
}

type ProfileProps = { user: User } & ReturnType<typeof useProfile>;

/**
 * The username, and the form for the display name and the email address. The server keeps null for a field that is left
 * empty.
 */
export function Profile({ user, submission, saved }: ProfileProps) {
  const words = useWords();
  const { profile } = useAccountWords();
  const optional = <span className="optional"> ({words.optional})</span>;

  return (
    <section aria-labelledby="profile">
      <h2 id="profile">{profile.title}</h2>
      <dl className="details">
        <Fact name={profile.username}>{user.username}</Fact>
        <Fact name={profile.since}>
          <time dateTime={user.createdAt}>{words.day(user.createdAt)}</time>
        </Fact>
      </dl>
      <form id="edit-profile" noValidate method="post" onSubmit={submission.onSubmit}>
        <Field
          id="display-name"
          label={
            <>
              {profile.name}
              {optional}
            </>
          }
          hint={profile.nameHint}
          autoComplete="nickname"
          defaultValue={user.displayName ?? ''}
          submission={submission}
        />
        <Field
          id="email"
          type="email"
          label={
            <>
              {profile.email}
              {optional}
            </>
          }
          hint={profile.emailHint}
          autoComplete="email"
          defaultValue={user.email ?? ''}
          submission={submission}
        />
        <div className="beside-button">
          <SubmitButton submission={submission} action={profile.action} doing={profile.doing} />
          <p role="status">{saved && profile.saved}</p>
        </div>
      </form>
    </section>
  );
}
