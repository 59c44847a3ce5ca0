import type { EnterPath } from '../browser/pages.ts';
import type { KnownVisitor } from '../session/visitor-state.ts';
import { OneTimeLink } from './OneTimeLink.tsx';
import { Recover } from './Recover.tsx';
import { Register } from './Register.tsx';
import './enter.css';

export { PasskeyLogIn } from './PasskeyLogIn.tsx';
export { PasskeyOffer } from './PasskeyOffer.tsx';

/** The page of this part at a path. */
export function Enter({ path, state }: { path: EnterPath; state: KnownVisitor }) {
  if (path === '/register') return <Register state={state} />;
  if (path === '/recover') return <Recover state={state} />;
  return <OneTimeLink state={state} />;
}
