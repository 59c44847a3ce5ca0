import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { Breakage } from './Breakage.tsx';
import { session } from './session/current.ts';
import './style/all.css';

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
