import type { Next } from '../browser/next.ts';
import { useWords } from '../i18n/words.ts';
import { Page } from '../layout/Page.tsx';
import { GoOn } from './GoOn.tsx';

/** Stands in place of a form that has succeeded, while the browser loads the place to go on to. @param heading what the form did */
export function GoingOn({ heading, next }: { heading: string; next: Next }) {
  const { goOn } = useWords();
  return (
    <Page heading={heading}>
      <p role="status">{goOn.going(next.host)}</p>
      <div className="actions">
        <GoOn next={next} />
      </div>
    </Page>
  );
}
