import type { Conversation } from '@coatcheck/api-types';
import { Link } from 'wouter';
import { leadingTo } from '../browser/next.ts';
import { useWords } from '../i18n/words.ts';
import { serverOrigin } from '../session/current.ts';
import { Copy } from './Copy.tsx';
import type { Step } from './en.ts';
import { readTicket, withTicket } from './explain.ts';
import { useStepsDone } from './steps.ts';
import { useConversationWords } from './words.ts';

/** How a small Flask program does the same, step by step: the lines of the lesson that this page grew from. */
const flask = [
  `if 'username' in session:
    return 'Logged in as %s' % escape(session['username'])
return 'You are not logged in'`,
  `session['username'] = request.form['username']`,
  `# Homework: create a registration page`,
  `if request.method == 'POST':
    session['username'] = request.form['username']
    return redirect(url_for('index'))`,
  `# Set the secret key to some random bytes.
# Keep this really secret!
app.secret_key = b'_5#y2L"F4Q8z\\n\\xec]/'`,
  `# remove the username from the session if it's there
session.pop('username', None)`,
  undefined,
];
/** The pages whose forms two of the steps need. */
const pages: Record<number, string> = { 2: '/register', 3: '/login' };

/** The way through the conversation, from a visit without a cookie to the end of a session. */
export function Path({ conversation }: { conversation: Conversation }) {
  const { path } = useConversationWords();
  const done = useStepsDone();
  return (
    <section className="path" aria-labelledby="path">
      <h2 id="path">{path.title}</h2>
      <p>{path.lead}</p>
      <ol className="steps">
        {path.steps.map((step, n) => (
          <li key={step.title} id={idOf(n)}>
            <div className="step">
              <p className="hint">
                <span>{path.step(n + 1)}</span>
                {done.has(n) && <span className="mark-word">{path.done}</span>}
              </p>
              <h3>{step.title}</h3>
              <p>{step.body}</p>
              <Extras step={step} page={pages[n]} conversation={conversation} />
            </div>
            <div className="flask">
              {flask[n] && (
                <pre>
                  <code>{flask[n]}</code>
                </pre>
              )}
              <p className="hint">{step.flask}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

const idOf = (step: number) => `step-${step + 1}`;

/** What the path would have somebody do next, beside the question. */
export function NextStep() {
  const { path } = useConversationWords();
  const done = useStepsDone();
  const next = path.steps.findIndex((_, n) => !done.has(n));
  const step = path.steps[next];
  if (!step) return null;
  return (
    <p>
      <a href={`#${idOf(next)}`}>{path.next(next + 1, step.title)}</a>
      {/* The last one cannot be done here: nobody waits that long. */}
      {next === path.steps.length - 1 && <span> {path.all}</span>}
    </p>
  );
}

interface ExtrasProps {
  step: Step;
  page: string | undefined;
  conversation: Conversation;
}

function Extras({ step, page, conversation: { session, cookie, user } }: ExtrasProps) {
  const words = useWords();
  if (page && step.link && !user) {
    return (
      <p>
        <Link href={leadingTo(page, '/conversation')}>{step.link}</Link>
      </p>
    );
  }
  if (step.copied) {
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
