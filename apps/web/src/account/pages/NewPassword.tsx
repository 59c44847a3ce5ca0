import { useLocation } from 'wouter';
import type { Left } from '../../browser/news.ts';
import { HiddenUsername } from '../../form/new/HiddenUsername.tsx';
import { NewPasswordField } from '../../form/new/NewPasswordField.tsx';
import { useNewPasswordWords } from '../../form/new/words.ts';
import { PasswordField } from '../../form/PasswordField.tsx';
import { SubmitButton } from '../../form/SubmitButton.tsx';
import { useSubmission } from '../../form/submission.ts';
import { client, visitor } from '../../session/current.ts';
import type { AccountPageProps } from '../Account.tsx';
import { AccountPage } from '../AccountPage.tsx';
import { checkPasswordChange } from '../checks.ts';
import { askForSessions } from '../sessions.ts';
import { StandIn, useStandIn } from '../ways/StandIn.tsx';
import { useAccountWords } from '../words.ts';

const inputs = { '#/currentPassword': 'current-password', '#/newPassword': 'new-password' };

/** Changes the password of a user who knows the current one, or shows a passkey. */
export function NewPassword({ user, conversation }: AccountPageProps) {
  const { newPassword } = useAccountWords();
  const minLength = conversation.passwordMinLength;
  const [, navigate] = useLocation();
  const fields = { newPassword: useNewPasswordWords().field };
  const standIn = useStandIn();
  const submission = useSubmission(
    async (typed, signal) => {
      const body = {
        ...(!standIn.isShown && { currentPassword: String(typed.get('current-password')) }),
        newPassword: String(typed.get('new-password')),
      };
      const errors = checkPasswordChange(body, minLength);
      if (errors.length > 0) return { type: 'mistyped', errors };
      // The answer to the change does not say how many sessions it ended.
      const before = await visitor.settle(askForSessions(signal));
      const endedSessions = before.ok ? before.data.sessions.length - 1 : undefined;
      // Password managers save what was typed when the form goes away with its page.
      const failure = await visitor.change(client.PUT('/me/password', { body, signal }), () =>
        navigate('/account/sessions', {
          state: { news: 'password-changed', endedSessions } satisfies Left,
        }),
      );
      return standIn.without(failure);
    },
    inputs,
    fields,
  );

  return (
    <AccountPage heading={newPassword.title} submission={submission}>
      <p>{newPassword.explained}</p>
      <StandIn {...standIn} />
      <form id="change-password" noValidate method="post" onSubmit={submission.onSubmit}>
        <HiddenUsername username={user.username} />
        {!standIn.isShown && <PasswordField submission={submission} label={newPassword.current} />}
        <NewPasswordField submission={submission} label={newPassword.fresh} minLength={minLength} />
        <SubmitButton submission={submission} action={newPassword.action} doing={newPassword.doing} />
      </form>
    </AccountPage>
  );
}
