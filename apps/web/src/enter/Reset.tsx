import { checkPassword } from '../form/new/checks.ts';
import { HiddenUsername } from '../form/new/HiddenUsername.tsx';
import { NewPasswordField } from '../form/new/NewPasswordField.tsx';
import { useNewPasswordWords } from '../form/new/words.ts';
import { Remember } from '../form/Remember.tsx';
import { SubmitButton } from '../form/SubmitButton.tsx';
import { useSubmission } from '../form/submission.ts';
import { Page } from '../layout/Page.tsx';
import { useGoOn } from '../screens/GoOn.tsx';
import { spendLink } from './link-use.ts';
import type { LinkFormProps } from './OneTimeLink.tsx';
import { passwordSet } from './password-set.ts';
import { SessionEnds } from './SessionEnds.tsx';
import { useEnterWords } from './words.ts';

const inputs = { '#/newPassword': 'new-password' };

/** The form of a link for a new password. */
export function Reset({ username, expiresAt, state, ...link }: LinkFormProps) {
  const words = useEnterWords();
  const { passwordMinLength: minLength, user } = state.conversation;
  const goOn = useGoOn(passwordSet, 'password-reset');
  const name = username ?? '';
  const fields = { newPassword: useNewPasswordWords().field };
  const submission = useSubmission(
    async (typed, signal) => {
      const newPassword = String(typed.get('new-password'));
      const errors = checkPassword(newPassword, minLength, '#/newPassword');
      if (errors.length > 0) return { type: 'mistyped', errors };
      return spendLink(link, name, { newPassword, remember: typed.has('new-remember') }, signal, goOn);
    },
    inputs,
    fields,
  );

  return (
    <Page heading={words.link.reset(name)} submission={submission}>
      <p className="lead">{words.link.resetBody}</p>
      <SessionEnds user={user} username={username} />
      <form id="reset" noValidate method="post" onSubmit={submission.onSubmit}>
        <HiddenUsername username={name} />
        <NewPasswordField submission={submission} label={words.newPassword} minLength={minLength} />
        <Remember id="new-remember" />
        <SubmitButton submission={submission} action={words.setPassword} doing={words.setting} />
      </form>
      <p className="hint">{words.link.until(expiresAt)}</p>
    </Page>
  );
}
