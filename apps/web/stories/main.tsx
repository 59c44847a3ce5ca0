// Every state of every screen: the real page over a server that says what the story wants. `?story=NAME` shows one.
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { memoryLocation } from 'wouter/memory-location';
import { App } from '../src/app/App.tsx';
import { ErrorBoundary } from '../src/app/ErrorBoundary.tsx';
import { takeLinkTokens } from '../src/browser/link-token.ts';
import { visitor } from '../src/session/current.ts';
import '../src/style/first-paint.css';
import { preferred, speak } from '../src/i18n/words.ts';
import { answerAs } from './server.ts';
import { type Story, stories } from './stories.ts';
import { whenThere } from './when-there.ts';

const root = createRoot(document.getElementById('root') as HTMLElement);
const name = new URLSearchParams(window.location.search).get('story');
const story = stories.find((one) => one.name === name);
if (story) tell(story);
else root.render(<Index />);

function Index() {
  return (
    <main>
      <h1>Stories</h1>
      <ul>
        {stories.map(({ name }) => (
          <li key={name}>
            <a href={`?story=${encodeURIComponent(name)}`}>{name}</a>
          </li>
        ))}
      </ul>
    </main>
  );
}

/** Has the page take a token, as if its URL had brought it. */
function open(token: string) {
  const { href } = window.location;
  history.replaceState(null, '', `/enter#${token}`);
  takeLinkTokens();
  history.replaceState(null, '', href);
}

function tell({ path, token, left, server, act }: Story) {
  if (token) open(token);
  if (left) history.replaceState(left, '');
  window.fetch = answerAs(server);
  const [page = '/', query = ''] = path.split('?');
  const { hook, searchHook } = memoryLocation({ path: page, searchPath: query });
  // What a page leaves for the next stands in the browser's history.
  const leaving: typeof hook = () => {
    const [path, navigate] = hook();
    return [
      path,
      (to, options) => {
        history.replaceState(options?.state ?? null, '');
        navigate(to, options);
      },
    ];
  };
  root.render(
    <StrictMode>
      <Router hook={leaving} searchHook={searchHook}>
        <ErrorBoundary>
          <App />
        </ErrorBoundary>
      </Router>
    </StrictMode>,
  );
  visitor.start();
  speak(preferred());
  // The header of a user has a form, too. What a person does on the page begins with the page.
  if (act) whenThere(path === '/' ? '.log-out, main form' : 'main form', () => act(document));
}
