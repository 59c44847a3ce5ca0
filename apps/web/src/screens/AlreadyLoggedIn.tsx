import { Link } from 'wouter';
import { useWords } from '../i18n/words.ts';
import { LogOut } from '../layout/LogOut.tsx';
import { Page } from '../layout/Page.tsx';

/** Stands in place of the forms for a login and a registration when the visitor is logged in. @param next the path to go on to */
export function AlreadyLoggedIn({ name, next }: { name: string; next: string | undefined }) {
  const words = useWords();
  return (
    <Page heading={words.already.title(name)}>
      <p>{words.already.body}</p>
      <div className="actions">
        <Link href={next ?? '/'} className="button">
          {words.already.goOn}
        </Link>
        <LogOut />
      </div>
    </Page>
  );
}
