import { Link } from 'wouter';
import { LogOut } from '../LogOut.tsx';
import { Page } from '../Page.tsx';
import { useWords } from '../words/words.ts';

/** Instead of a form that would log in somebody who is. */
export function Already({ name, next }: { name: string; next: string | undefined }) {
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
