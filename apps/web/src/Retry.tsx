import { mistakesOf } from './form/mistakes.ts';
import { useSecondsUntil } from './form/seconds.ts';
import { session } from './session/current.ts';
import type { Refusal } from './session/failure.ts';
import { useWords } from './words/words.ts';

/** Why the server did not say who holds the cookie, and the way to ask again. */
export function Retry({ refusal }: { refusal: Refusal }) {
  const words = useWords();
  const seconds = useSecondsUntil(refusal.until);
  const [mistake] = mistakesOf(refusal, {}, '', seconds, words);
  return (
    <>
      <p>
        {mistake?.words} {words.asksAgain}
      </p>
      <div className="actions">
        <button
          type="button"
          className="button"
          aria-disabled={seconds > 0}
          onClick={() => seconds === 0 && session.ask()}
        >
          {seconds > 0 ? words.waitFor(seconds) : words.tryAgain}
        </button>
      </div>
    </>
  );
}
