import { Link } from 'wouter';
import { useWords } from '../i18n/words.ts';
import { Page } from '../layout/Page.tsx';

/** The screen of a URL that no page has. */
export function NotFound() {
  const words = useWords();
  return (
    <Page heading={words.notFound.title}>
      <p>{words.notFound.body}</p>
      <div className="actions">
        <Link href="/" className="button">
          {words.home}
        </Link>
      </div>
    </Page>
  );
}
