import type { User } from '@coatcheck/api-types';
import { Link } from 'wouter';
import { useWords } from '../i18n/words.ts';

/** Above a form that was being filled in when another tab logged in: it stays, and what was typed with it. */
export function LoggedInMeanwhile({ user, next }: { user: User; next: string | undefined }) {
  const words = useWords();
  return (
    <section className="notice" role="status">
      <p>{words.already.meanwhile(user.username)}</p>
      <Link href={next ?? '/'} className="button">
        {words.already.goOn}
      </Link>
    </section>
  );
}
