import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { fetchArea } from './account/area.ts';
import { Breakage } from './Breakage.tsx';
import { session } from './session/current.ts';
import { preferred, speak } from './words/words.ts';
import './style/all.css';

session.start();
if (window.location.pathname.startsWith('/account')) fetchArea().catch(() => undefined);

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
