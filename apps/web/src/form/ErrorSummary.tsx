import { type MouseEvent, useEffect, useRef } from 'react';
import { useWords } from '../i18n/words.ts';
import type { Submission } from './submission.ts';

/** What went wrong with a form, above its page's heading. It takes focus each time it is news. */
export function ErrorSummary({ submission }: { submission: Submission }) {
  const words = useWords();
  const box = useRef<HTMLDivElement>(null);
  const { failure, mistakes } = submission;

  useEffect(() => {
    if (failure) box.current?.focus();
  }, [failure]);

  if (!failure) return null;
  // No live region: it takes focus, which reads it once, and a countdown would be read every second.
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

/** Focus goes into the input, and its label comes into view with it. */
function goToInput(event: MouseEvent<HTMLAnchorElement>) {
  event.preventDefault();
  const input = document.getElementById(event.currentTarget.hash.slice(1));
  if (!(input instanceof HTMLInputElement)) return;
  input.labels?.[0]?.scrollIntoView();
  input.focus({ preventScroll: true });
}
