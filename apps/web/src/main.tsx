import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { Breakage } from './Breakage.tsx';
import { area, conversation } from './parts.ts';
import { session } from './session/current.ts';
import { preferred, speak } from './words/words.ts';
import './style/all.css';

const { pathname } = window.location;
if (pathname.startsWith('/account')) area.fetch().catch(() => undefined);
// Whoever came to watch sees the first question too; a page that cannot be fetched says so when it is to be shown.
if (pathname === '/conversation') await conversation.fetch().catch(() => undefined);
session.start();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
// No word shows before it is in the reader's language; meanwhile the server is asked.
await speak(preferred());
createRoot(root).render(
  <StrictMode>
    <Breakage>
      <App />
    </Breakage>
  </StrictMode>,
);
