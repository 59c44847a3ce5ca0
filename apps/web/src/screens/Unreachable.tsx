import { Page } from '../Page.tsx';
import { Retry } from '../Retry.tsx';
import { session } from '../session/current.ts';
import type { Refusal } from '../session/failure.ts';
import { useWords } from '../words/words.ts';

/** The server did not say who holds the cookie, so no page can show anything true. */
export function Unreachable({ refusal }: { refusal: Refusal }) {
  const words = useWords();
  return (
    <Page heading={words.unreachable}>
      <Retry refusal={refusal} ask={session.ask} />
    </Page>
  );
}
