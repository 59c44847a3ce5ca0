import type { Conversation } from '@coatcheck/api-types';
import { Link } from 'wouter';
import { leadingTo } from '../../browser/next.ts';
import { useWords } from '../../i18n/words.ts';
import { serverOrigin } from '../../session/current.ts';
import { Copy } from '../wire/Copy.tsx';
import { readTicket, withTicket } from '../wire/curl.ts';
import { useConversationWords } from '../words.ts';
import { flaskLines } from './flask.ts';
import { useStepsTaken } from './progress.ts';
import { type StepName, stepNames } from './steps.ts';

/** The pages of the forms that two of the steps need. */
const pages: Partial<Record<StepName, string>> = { register: '/register', logIn: '/login' };

/** The steps of the lesson, from a visit without a cookie to the end of a session. */
export function Path({ conversation }: { conversation: Conversation }) {
  const { path } = useConversationWords();
  const taken = useStepsTaken();
  return (
    <section className="path" aria-labelledby="path">
      <h2 id="path">{path.title}</h2>
      <p>{path.lead}</p>
      <ol className="steps">
        {stepNames.map((name) => (
          <li key={name} id={idOf(name)}>
            <div className="step">
              <p className="hint">
                <span>{path.step(numberOf(name))}</span>
                {taken.has(name) && <span className="mark-word">{path.done}</span>}
              </p>
              <h3>{path.steps[name].title}</h3>
              <p>{path.steps[name].body}</p>
              <Extras name={name} conversation={conversation} />
            </div>
            <div className="flask">
              {flaskLines[name] && (
                <pre>
                  <code>{flaskLines[name]}</code>
                </pre>
              )}
              <p className="hint">{path.steps[name].flask}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

const numberOf = (name: StepName) => stepNames.indexOf(name) + 1;
const idOf = (name: StepName) => `step-${numberOf(name)}`;

/** The first step that was not taken yet, with a link to it. After the last step, nothing. */
export function NextStep() {
  const { path } = useConversationWords();
  const taken = useStepsTaken();
  const next = stepNames.find((name) => !taken.has(name));
  if (!next) return null;
  return (
    <p>
      <a href={`#${idOf(next)}`}>{path.next(numberOf(next), path.steps[next].title)}</a>
      {/* Nobody waits for a session to end by itself, so the last step is never taken. */}
      {next === 'end' && <span> {path.all}</span>}
    </p>
  );
}

interface ExtrasProps {
  name: StepName;
  conversation: Conversation;
}

/** The parts of a step besides its text: a link to a form, commands for a terminal, or the times of this session. */
function Extras({ name, conversation: { session, cookie, user } }: ExtrasProps) {
  const words = useWords();
  const step = useConversationWords().path.steps[name];
  const page = pages[name];
  if (page && step.link && !user) {
    return (
      <p>
        <Link href={leadingTo(page, '/conversation')}>{step.link}</Link>
      </p>
    );
  }
  if (name === 'logOut') {
    return (
      <>
        <Copy line={readTicket} />
        <Copy line={`curl -i ${withTicket(cookie.name)} ${serverOrigin}/me`} />
      </>
    );
  }
  if (step.times && session) {
    return <p>{step.times(words.when(session.idleExpiresAt), words.when(session.expiresAt))}</p>;
  }
  return null;
}
