import { type ReactNode, useEffect, useRef } from 'react';
import { ignoreSecondClick } from '../form/double-click.ts';
import { ErrorSummary } from '../form/ErrorSummary.tsx';
import type { Submission } from '../form/submission.ts';
import { useWords } from '../i18n/words.ts';
import { useHouse } from '../session/current.ts';
import { nameOf } from '../session/house.ts';

interface PageProps {
  /** The text of the only `h1`. */
  heading: string;
  /** The title of the browser's tab. By default, the heading. */
  title?: string;
  /** The submission of the form of the page. The mistakes stand above the heading. */
  submission?: Submission | undefined;
  /** Links to the pages of the same kind, above the heading. */
  among?: ReactNode;
  /** The content of the second column. On a narrow screen it follows the first. */
  beside?: ReactNode;
  /** Content that needs the whole width, after both columns. */
  below?: ReactNode;
  children: ReactNode;
}

/** A word that breaks on a phone, such as a long name. */
const longWord = /\S{24}/;

// The browser announces the first page by itself. From the second page on, focus moves to the heading.
let shown: { heading: string; words: unknown } | undefined;

/** A screen with its heading. Focus moves to the heading when another one shows. */
export function Page({ heading, title = heading, submission, among, beside, below, children }: PageProps) {
  const words = useWords();
  const h1 = useRef<HTMLHeadingElement>(null);
  const tab = `${title} · ${nameOf(useHouse())}`;
  const failed = submission?.failure !== undefined;

  useEffect(() => {
    document.title = failed ? words.errorTitle(tab) : tab;
  }, [failed, tab, words]);

  useEffect(() => {
    // A change of the language changes the heading, but the page stays.
    if (shown !== undefined && shown.heading !== heading && shown.words === words) {
      window.scrollTo(0, 0);
      h1.current?.focus({ preventScroll: true });
      ignoreSecondClick();
    }
    shown = { heading, words };
  }, [heading, words]);

  return (
    <div className="page">
      <div className="sheet">
        {among}
        {submission && <ErrorSummary submission={submission} />}
        <h1 ref={h1} tabIndex={-1} className={longWord.test(heading) ? 'long' : undefined}>
          {heading}
        </h1>
        {children}
      </div>
      {beside && <aside className="beside">{beside}</aside>}
      {below}
    </div>
  );
}
