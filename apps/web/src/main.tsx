import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { ErrorBoundary } from './app/ErrorBoundary.tsx';
import { area, conversation } from './app/parts.ts';
import { preferred, speak } from './i18n/words.ts';
import { session } from './session/current.ts';
import './style/first-paint.css';

start(window.location.pathname);

// A function, since what is fetched here imports from what is running here: it could not wait for it at the top level.
async function start(path: string) {
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  if (path.startsWith('/account')) area.fetch().catch(() => undefined);
  // Who came to watch sees the first question, too. A page that cannot be fetched says so when it is to be shown.
  if (path === '/conversation') await conversation.fetch().catch(() => undefined);
  session.start();
  // No word shows before it is in the reader's language; meanwhile the server is asked.
  await speak(preferred());
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>
        <App />
      </ErrorBoundary>
    </StrictMode>,
  );
}
