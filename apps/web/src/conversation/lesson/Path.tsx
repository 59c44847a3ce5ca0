import type { Conversation } from '@coatcheck/api-types';
import { useState } from 'react';
import { useConversationWords } from '../words.ts';
import { Extras } from './Extras.tsx';
import { Flask } from './Flask.tsx';
import { goTo, useProgress, useStepsTaken } from './progress.ts';
import { type StepName, stepNames } from './steps.ts';

/** The whole lesson: every step from a visit without a cookie to the end of a session, with the same in Flask beside it. */
export function Path({ conversation }: { conversation: Conversation }) {
  const { path } = useConversationWords();
  const taken = useStepsTaken();
  return (
    <section className="path" aria-labelledby="path">
      <h2 id="path">{path.title}</h2>
      <p>
        {path.lead} <a href={quickStart}>{path.quickStart}</a>
      </p>
      <ol className="steps">
        {stepNames.map((name, n) => (
          <li key={name} id={`step-${n + 1}`}>
            <Step name={name} number={n + 1} isTaken={taken.has(name)} conversation={conversation} />
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The part of Flask's documentation that the lines beside the steps come from. */
const quickStart = 'https://flask.palletsprojects.com/en/stable/quickstart/#sessions';

interface StepProps {
  name: StepName;
  /** The place of the step in the list, counted from 1. */
  number: number;
  isTaken: boolean;
  conversation: Conversation;
}

function Step({ name, number, isTaken, conversation }: StepProps) {
  const { path } = useConversationWords();
  const { current, passed } = useProgress();
  // A step folds when the person has gone on to another one, and not while they take it: they may be reading it.
  const folds = passed.includes(name) && name !== current;
  const [isOpen, setIsOpen] = useState(!folds || window.location.hash === `#step-${number}`);
  const [lastFolds, setLastFolds] = useState(folds);
  if (lastFolds !== folds) {
    setLastFolds(folds);
    setIsOpen(!folds);
  }
  return (
    <details open={isOpen} onToggle={(event) => setIsOpen(event.currentTarget.open)}>
      <summary>
        <h3>
          <span className="hint">{path.step(number)}</span>{' '}
          <span className="title">{path.steps[name].title}</span>
        </h3>
        {isTaken && <span className="mark-word">{path.done}</span>}
      </summary>
      <div className="columns">
        <div className="step">
          <p>{path.steps[name].body}</p>
          <Extras name={name} conversation={conversation} />
          {name !== current && (
            <p>
              <button type="button" className="link" onClick={() => goTo(name)}>
                {path.take}
                <span className="unseen">: {path.steps[name].title}</span>
              </button>
            </p>
          )}
        </div>
        <Flask name={name} />
      </div>
    </details>
  );
}
