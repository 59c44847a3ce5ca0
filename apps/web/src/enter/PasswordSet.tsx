import type { LoginMethods, User } from '@coatcheck/api-types';
import { Link } from 'wouter';
import { CodesLeft } from '../layout/CodesLeft.tsx';
import { Contact } from '../layout/Contact.tsx';
import { Page } from '../layout/Page.tsx';
import { GoOn } from '../screens/GoOn.tsx';
import { useLoginMethods } from './login-methods.ts';
import { useEnterWords } from './words.ts';

/** The page after a reset or a recovery: what has happened, and how the person logs in from now on. */
export function PasswordSet({ user }: { user: User }) {
  const { passwordSet } = useEnterWords();
  const methods = useLoginMethods();
  return (
    <Page heading={passwordSet.title(user.displayName ?? user.username)}>
      <p className="lead">{passwordSet.body}</p>
      {methods && <NextTime {...methods} />}
      <div className="actions">
        <GoOn />
      </div>
    </Page>
  );
}

/** How the person logs in the next time, and how many recovery codes are left. */
function NextTime({ passkeys, passwordAlone, recoveryCodesLeft }: LoginMethods) {
  const { passwordSet } = useEnterWords();
  return (
    <>
      {!passwordAlone && (
        <p className="reason">
          <span>{passwordSet.asksForPasskey}</span> <Contact />
        </p>
      )}
      <CodesLeft left={recoveryCodesLeft} few={passwordSet.makeCodes}>
        {passwordSet.codesLeft(recoveryCodesLeft)}
      </CodesLeft>
      {passwordAlone && (
        <p className="alone">
          <Link href="/account/ways">{passkeys.length > 0 ? passwordSet.ways : passwordSet.addPasskey}</Link>
        </p>
      )}
    </>
  );
}
