import type { User } from '@coatcheck/api-types';
import type { Next } from '../browser/next.ts';
import { useWords } from '../i18n/words.ts';
import { Page } from '../layout/Page.tsx';
import { GoOn } from './GoOn.tsx';

interface AlreadyLoggedInProps {
  user: User;
  /** The place to go on to. */
  next: Next | undefined;
}

/** Stands in place of the forms for a login and a registration when the visitor is logged in. */
export function AlreadyLoggedIn({ user, next }: AlreadyLoggedInProps) {
  const words = useWords();
  return (
    <Page heading={words.already.title(user.displayName ?? user.username)}>
      <p>{words.already.body}</p>
      <div className="actions">
        <GoOn next={next} />
      </div>
    </Page>
  );
}
