import { Link } from 'wouter';
import { Page } from '../Page.tsx';
import { useWords } from '../words/words.ts';

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
