import type { Conversation } from '@coatcheck/api-types';
import { useEffect, useRef } from 'react';
import { useConversationWords } from '../words.ts';
import { Extras } from './Extras.tsx';
import { goTo, useProgress, useStepsTaken } from './progress.ts';
import { stepNames } from './steps.ts';

/** The step that the person is at, beside the toy, and the ways to the one before and the one after. */
export function CurrentStep({ conversation }: { conversation: Conversation }) {
  const { path } = useConversationWords();
  const { current } = useProgress();
  const taken = useStepsTaken();
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(current);
  // The button that was pressed may be gone, and on a phone the new step may begin above the window.
  useEffect(() => {
    if (shown.current !== current) heading.current?.focus();
    shown.current = current;
  }, [current]);
  const at = stepNames.indexOf(current);
  const [before, after] = [stepNames[at - 1], stepNames[at + 1]];
  return (
    <section className="current-step" aria-labelledby="current-step">
      <p className="hint">
        <span>{path.stepOf(at + 1, stepNames.length)}</span>
        {taken.has(current) && <span className="mark-word">{path.done}</span>}
      </p>
      <div className="actions">
        {before && (
          <button type="button" className="button quiet" onClick={() => goTo(before)}>
            {path.back}
          </button>
        )}
        {after && (
          <button type="button" className="button quiet" onClick={() => goTo(after)}>
            {path.next}
          </button>
        )}
      </div>
      <h2 id="current-step" ref={heading} tabIndex={-1}>
        {path.steps[current].title}
      </h2>
      <p>{path.steps[current].body}</p>
      <Extras name={current} conversation={conversation} />
      {!after && taken.has(current) && <p>{path.all}</p>}
    </section>
  );
}
