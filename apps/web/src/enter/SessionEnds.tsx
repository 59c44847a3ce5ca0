import type { User } from '@coatcheck/api-types';
import { Link } from 'wouter';
import { useEnterWords } from './words.ts';

interface SessionEndsProps {
  /** The account that is logged in here. */
  user: User | null;
  /** The account that logs in. Null: a new account. Undefined: nobody knows yet. */
  username: string | null | undefined;
}

/** Says whose session in this browser ends with the login, with a way out. Nothing where nobody else is logged in. */
export function SessionEnds({ user, username }: SessionEndsProps) {
  const { link } = useEnterWords();
  if (!user || user.username === username) return null;
  return (
    <p className="reason">
      <span>{link.ends(user.username)}</span> <Link href="/">{link.stay(user.username)}</Link>
    </p>
  );
}
