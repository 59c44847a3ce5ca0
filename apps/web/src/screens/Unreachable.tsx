import { Link } from 'wouter';
import { useWords } from '../i18n/words.ts';
import { Contact } from '../layout/Contact.tsx';
import { Page } from '../layout/Page.tsx';
import { RetryNotice } from '../layout/RetryNotice.tsx';
import { serverOrigin } from '../session/current.ts';
import type { TimedFailure } from '../session/failure.ts';

interface UnreachableProps {
  failure: TimedFailure;
  /** Asks the server now. */
  retry: () => void;
}

/** Stands in place of a screen when the server did not tell who the visitor is. */
export function Unreachable({ failure, retry }: UnreachableProps) {
  const words = useWords();
  return (
    <Page heading={failure.type === 'no-answer' ? words.unreachable.noAnswer : words.unreachable.unavailable}>
      <RetryNotice failure={failure} retry={retry} />
      <p>
        <span>{words.unreachable.body}</span> <Contact before={words.help} />
      </p>
      {/* The server of another origin may run, and not allow this page to read its responses. */}
      {serverOrigin !== window.location.origin && (
        <p className="alone">
          <Link href="/why">{words.why}</Link>
        </p>
      )}
    </Page>
  );
}
