import { checkPassword, checkUsername } from '../form/new/checks.ts';
import { useNewPasswordWords } from '../form/new/words.ts';
import { useSubmission } from '../form/submission.ts';
import { Page } from '../layout/Page.tsx';
import { useGoOn } from '../screens/GoOn.tsx';
import { useApp } from '../session/current.ts';
import { spendLink } from './link-use.ts';
import { NewAccountForm } from './NewAccountForm.tsx';
import type { LinkFormProps } from './OneTimeLink.tsx';
import { SessionEnds } from './SessionEnds.tsx';
import { useEnterWords } from './words.ts';

const inputs = { '#/username': 'new-username', '#/newPassword': 'new-password' };

/** The form of an invitation, which makes an account. */
export function Invitation({ expiresAt, state, token, onVoid }: LinkFormProps) {
  const words = useEnterWords().link;
  const { house, passwordMinLength: minLength, user } = state.conversation;
  const goOn = useGoOn(useApp(), 'registered');
  const fields = { newPassword: useNewPasswordWords().field };
  const submission = useSubmission(
    async (typed, signal) => {
      const username = String(typed.get('new-username')).trim();
      const newPassword = String(typed.get('new-password'));
      const errors = [...checkUsername(username), ...checkPassword(newPassword, minLength, '#/newPassword')];
      if (errors.length > 0) return { type: 'mistyped', errors };
      const body = { username, newPassword, remember: typed.has('new-remember') };
      return spendLink({ token, onVoid }, username, body, signal, goOn);
    },
    inputs,
    fields,
  );

  return (
    <Page heading={words.invitation(house.name)} submission={submission}>
      <p className="lead">{words.invitationBody}</p>
      <SessionEnds user={user} username={null} />
      <NewAccountForm submission={submission} minLength={minLength} />
      <p className="hint">{words.until(expiresAt)}</p>
    </Page>
  );
}
