import type { ProofWay, User } from '@coatcheck/api-types';
import { HiddenUsername } from '../../form/new/HiddenUsername.tsx';
import { PasswordField } from '../../form/PasswordField.tsx';
import { SubmitButton } from '../../form/SubmitButton.tsx';
import { useSubmission } from '../../form/submission.ts';
import { Contact } from '../../layout/Contact.tsx';
import { client, visitor } from '../../session/current.ts';
import { AccountPage } from '../AccountPage.tsx';
import { checkProof } from '../checks.ts';
import { useAccountWords } from '../words.ts';
import { proveByPasskey } from './proof.ts';
import { WayButton } from './WayButton.tsx';

const inputs = { '#/password': 'current-password' };

interface ProofProps {
  user: User;
  /** The ways in which this account can prove itself. */
  ways: ProofWay[];
  onProven: () => void;
  onCancel: () => void;
}

/** Asks the person to prove that they own the account, by a passkey or the password, whichever the account has. */
export function Proof({ user, ways, onProven, onCancel }: ProofProps) {
  const { proof } = useAccountWords();
  const hasPasskey = ways.includes('passkey');
  const submission = useSubmission(async (typed, signal) => {
    const body = { password: String(typed.get('current-password')) };
    const errors = checkProof(body);
    if (errors.length > 0) return { type: 'mistyped', errors };
    const proven = await visitor.settle(client.POST('/me/proof', { body, signal }));
    if (!proven.ok) return proven.problem;
    onProven();
    return undefined;
  }, inputs);
  return (
    <AccountPage heading={proof.title} submission={submission}>
      <p>{proof.explained}</p>
      {hasPasskey && (
        <WayButton
          id="prove-by-passkey"
          loud
          action={proof.passkey}
          doing={proof.showing}
          send={async (signal) => {
            const failure = await proveByPasskey(signal, proof.notShown);
            if (failure === undefined) onProven();
            return failure;
          }}
        />
      )}
      {!ways.includes('password') && (
        <p>
          {proof.lost} <Contact />
        </p>
      )}
      {ways.includes('password') && (
        <>
          {hasPasskey && <p>{proof.insteadOf}</p>}
          <form id="prove" noValidate method="post" onSubmit={submission.onSubmit}>
            <HiddenUsername username={user.username} />
            <PasswordField submission={submission} />
            <SubmitButton
              quiet={hasPasskey}
              submission={submission}
              action={proof.action}
              doing={proof.doing}
            />
          </form>
        </>
      )}
      <p>
        <button type="button" className="link" onClick={onCancel}>
          {proof.cancel}
        </button>
      </p>
    </AccountPage>
  );
}
