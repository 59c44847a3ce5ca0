import { Link } from 'wouter';
import { useWords } from '../i18n/words.ts';
import { Page } from '../layout/Page.tsx';

/** An address that leads nowhere. */
export function NotFound() {
  const words = useWords();
  return (
    <Page heading={words.notFound.title} title={words.notFound.page}>
      <p>{words.notFound.body}</p>
      <div className="actions">
        <Link href="/" className="button">
          {words.home}
        </Link>
      </div>
    </Page>
  );
}
