import { type ReactNode, useEffect, useRef } from 'react';
import { ignoreSecondClick } from '../form/double-click.ts';
import { ErrorSummary } from '../form/ErrorSummary.tsx';
import type { Submission } from '../form/submission.ts';
import { useWords } from '../i18n/words.ts';

interface PageProps {
  /** The only `h1`. */
  heading: string;
  /** What the tab says, where the heading would say too little. */
  title?: string;
  /** The form on it whose errors are summed up above the heading. */
  submission?: Submission;
  /** Where this page stands among its like: before the heading. */
  among?: ReactNode;
  /** What stands beside it where there is room, under the rail, and at its end where there is none. */
  beside?: ReactNode;
  /** What needs the whole width, after both. */
  below?: ReactNode;
  children: ReactNode;
}

// The first page is the browser's to announce; from the second on, focus follows the heading.
let shown: { heading: string; words: unknown } | undefined;

/** A screen: heading, title, and where focus goes when it is news. */
export function Page({ heading, title = heading, submission, among, beside, below, children }: PageProps) {
  const words = useWords();
  const h1 = useRef<HTMLHeadingElement>(null);
  const tab = words.title(title);
  const failed = submission?.failure !== undefined;

  useEffect(() => {
    document.title = failed ? words.errorTitle(tab) : tab;
  }, [failed, tab, words]);

  useEffect(() => {
    // The same page in another language is no news.
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
        <h1 ref={h1} tabIndex={-1}>
          {heading}
        </h1>
        {children}
      </div>
      {beside && <aside className="beside">{beside}</aside>}
      {below}
    </div>
  );
}
