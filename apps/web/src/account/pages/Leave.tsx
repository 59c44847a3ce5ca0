import { useLocation } from 'wouter';
import type { News } from '../../browser/news.ts';
import { PasswordField } from '../../form/PasswordField.tsx';
import { SubmitButton } from '../../form/SubmitButton.tsx';
import { useSubmission } from '../../form/submission.ts';
import { visitor } from '../../session/current.ts';
import type { AccountPageProps } from '../Account.tsx';
import { AccountPage } from '../AccountPage.tsx';
import { checkProof } from '../checks.ts';
import { Download } from '../Download.tsx';
import { HiddenUsername } from '../HiddenUsername.tsx';
import { useAccountWords } from '../words.ts';

const inputs = { '#/password': 'current-password' };

/** The page that deletes the account. It says what that means and offers the data, then asks for the current password alone. */
export function Leave({ user }: AccountPageProps) {
  const { leave } = useAccountWords();
  const [, navigate] = useLocation();
  const submission = useSubmission(async (typed, signal) => {
    const proof = { password: String(typed.get('current-password')) };
    const errors = checkProof(proof);
    if (errors.length > 0) return { type: 'mistyped', errors };
    return visitor.removeAccount(proof, {
      signal,
      onSuccess: () => navigate('/', { state: { news: 'goodbye' } satisfies { news: News } }),
    });
  }, inputs);

  return (
    <AccountPage heading={leave.title} submission={submission}>
      <p>{leave.explained}</p>
      <Download user={user} action={leave.download} />
      <form id="leave" noValidate method="post" onSubmit={submission.onSubmit}>
        <HiddenUsername username={user.username} />
        <PasswordField submission={submission} />
        <SubmitButton submission={submission} action={leave.action} doing={leave.doing} quiet />
      </form>
    </AccountPage>
  );
}
