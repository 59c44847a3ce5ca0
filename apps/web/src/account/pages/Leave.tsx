import { useLocation } from 'wouter';
import type { News } from '../../browser/news.ts';
import { HiddenUsername } from '../../form/new/HiddenUsername.tsx';
import { PasswordField } from '../../form/PasswordField.tsx';
import { SubmitButton } from '../../form/SubmitButton.tsx';
import { useSubmission } from '../../form/submission.ts';
import { visitor } from '../../session/current.ts';
import type { AccountPageProps } from '../Account.tsx';
import { AccountPage } from '../AccountPage.tsx';
import { checkProof } from '../checks.ts';
import { Download } from '../Download.tsx';
import { StandIn, useStandIn } from '../ways/StandIn.tsx';
import { useAccountWords } from '../words.ts';

const inputs = { '#/password': 'current-password' };

/** The page that deletes the account. It says what that means and offers the data, then asks for the current password or a passkey. */
export function Leave({ user }: AccountPageProps) {
  const { leave } = useAccountWords();
  const [, navigate] = useLocation();
  const standIn = useStandIn();
  const submission = useSubmission(async (typed, signal) => {
    const proof = standIn.isShown ? {} : { password: String(typed.get('current-password')) };
    const errors = checkProof(proof);
    if (errors.length > 0) return { type: 'mistyped', errors };
    const failure = await visitor.removeAccount(proof, {
      signal,
      onSuccess: () => navigate('/', { state: { news: 'goodbye' } satisfies { news: News } }),
    });
    return standIn.without(failure);
  }, inputs);

  return (
    <AccountPage heading={leave.title} submission={submission}>
      <p>{leave.explained}</p>
      <Download user={user} action={leave.download} />
      <StandIn {...standIn} />
      <form id="leave" noValidate method="post" onSubmit={submission.onSubmit}>
        <HiddenUsername username={user.username} />
        {!standIn.isShown && <PasswordField submission={submission} />}
        <SubmitButton submission={submission} action={leave.action} doing={leave.doing} quiet />
      </form>
    </AccountPage>
  );
}
