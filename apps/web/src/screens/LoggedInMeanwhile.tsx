import type { User } from '@coatcheck/api-types';
import { Link } from 'wouter';
import { useWords } from '../i18n/words.ts';

/** Says above a form that another tab has logged in meanwhile. The form keeps what was typed. @param next the path to go on to */
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
