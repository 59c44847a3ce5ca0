import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { Breakage } from './Breakage.tsx';
import { session } from './session/current.ts';
import './style/fonts.css';
import './style/tokens.css';
import './style/base.css';
import './style/layout.css';
import './style/controls.css';
import './style/form.css';
import './style/ticket.css';

session.start();

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <Breakage>
      <App />
    </Breakage>
  </StrictMode>,
);
