import { type MouseEvent, useEffect, useRef } from 'react';
import { useWords } from '../i18n/words.ts';
import type { Submission } from './submission.ts';

/** The mistakes of a form, above the heading of its page. The summary takes focus after each try that fails. */
export function ErrorSummary({ submission }: { submission: Submission }) {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  const { failure, mistakes } = submission;

  useEffect(() => {
    if (failure) box.current?.focus();
  }, [failure]);

  if (!failure) return null;
  // A live region would read a countdown every second. Focus has the summary read once.
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would claim to hold the fields
    <div className="summary" ref={box} tabIndex={-1} role="group" aria-labelledby="summary-title">
      <h2 id="summary-title">{words.problem}</h2>
      <ul>
        {mistakes.map(({ words: sentence, inputs: [input] }) => (
          <li key={sentence}>
            {input ? (
              <a href={`#${input}`} onClick={goToInput}>
                {sentence}
              </a>
            ) : (
              sentence
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Moves focus into the input, and scrolls its label into view. */
function goToInput(event: MouseEvent<HTMLAnchorElement>) {
  event.preventDefault();
  const input = document.getElementById(event.currentTarget.hash.slice(1));
  if (!(input instanceof HTMLInputElement)) return;
  input.labels?.[0]?.scrollIntoView();
  input.focus({ preventScroll: true });
}
