import { useLocation } from 'wouter';
import { OneButton } from './form/OneButton.tsx';
import { session } from './session/current.ts';
import { useWords } from './words/words.ts';

/** Hands the ticket back and goes to the start page. */
export function LogOut() {
  const { logOut } = useWords();
  const [, navigate] = useLocation();
  return (
    <OneButton
      className="log-out"
      send={(signal) => session.logOut({ signal, onward: () => navigate('/') })}
      action={logOut.action}
      doing={logOut.doing}
    />
  );
}
