import type { User } from '@coatcheck/api-types';
import type { Next } from '../browser/next.ts';
import { useWords } from '../i18n/words.ts';
import { GoOn } from './GoOn.tsx';

/** Says above a form that another tab has logged in meanwhile. The form keeps what was typed. @param next the place to go on to */
export function LoggedInMeanwhile({ user, next }: { user: User; next: Next | undefined }) {
  const words = useWords();
  return (
    <section className="notice" role="status">
      <p>{words.already.meanwhile(user.displayName ?? user.username)}</p>
      <GoOn next={next} />
    </section>
  );
}
