import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Router } from 'wouter';
import { App } from './app/App.tsx';
import { ErrorBoundary } from './app/ErrorBoundary.tsx';
import { account, conversation, enter } from './app/parts.ts';
import { basePath, pageAt } from './browser/base-path.ts';
import { takeLinkTokens } from './browser/link-token.ts';
import { isEnterPath } from './browser/pages.ts';
import { preferred, speak } from './i18n/words.ts';
import { visitor } from './session/current.ts';
import './browser/history-guard.ts';
import './style/first-paint.css';

// Before anything else, and before the first request.
takeLinkTokens();
start(pageAt(window.location.pathname) ?? '');

// A function, not a top-level await: the parts that it awaits import from the module that would be waiting.
async function start(path: string) {
  const root = document.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  if (/^\/(account|goodbye)/.test(path)) account.fetch().catch(() => undefined);
  if (isEnterPath(path)) enter.fetch().catch(() => undefined);
  // A visitor who comes to watch sees the first call, too. If the part cannot be fetched, the page says so when it shows.
  if (path === '/conversation') await conversation.fetch().catch(() => undefined);
  visitor.start();
  // The page shows nothing before its words are there in the reader's language. The server is asked meanwhile.
  await speak(preferred());
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>
        <Router base={basePath}>
          <App />
        </Router>
      </ErrorBoundary>
    </StrictMode>,
  );
}
