import type { User } from '@coatcheck/api-types';
import { Link } from 'wouter';
import { Page } from '../layout/Page.tsx';
import { GoOn } from '../screens/GoOn.tsx';
import { useEnterWords } from './words.ts';

/** The page after a reset or a recovery: what has happened, and the offer of a passkey. */
export function PasswordSet({ user }: { user: User }) {
  const { passwordSet } = useEnterWords();
  return (
    <Page heading={passwordSet.title(user.displayName ?? user.username)}>
      <p className="lead">{passwordSet.body}</p>
      <p>
        <span>{passwordSet.offer}</span> <Link href="/account/ways">{passwordSet.ways}</Link>
      </p>
      <div className="actions">
        <GoOn />
      </div>
    </Page>
  );
}
