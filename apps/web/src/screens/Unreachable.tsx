import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useWords } from '../i18n/words.ts';
import { Page } from '../layout/Page.tsx';
import { RetryNotice } from '../layout/RetryNotice.tsx';
import { serverOrigin } from '../session/current.ts';
import type { TimedFailure } from '../session/failure.ts';

interface UnreachableProps {
  failure: TimedFailure;
  /** Asks again now. */
  retry: () => void;
  /** What helps to find out why. */
  below?: ReactNode;
}

/** The server did not say who holds the cookie, so no page can show anything true. */
export function Unreachable({ failure, retry, below }: UnreachableProps) {
  const words = useWords();
  return (
    <Page heading={words.unreachable} below={below}>
      <RetryNotice failure={failure} retry={retry} />
      {/* A server that runs elsewhere may be there, and not let this page hear it. */}
      {!below && serverOrigin !== window.location.origin && (
        <p>
          <Link href="/conversation#why">{words.why}</Link>
        </p>
      )}
    </Page>
  );
}
