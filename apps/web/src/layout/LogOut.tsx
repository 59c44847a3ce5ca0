import { useLocation } from 'wouter';
import { ActionButton } from '../form/ActionButton.tsx';
import { useWords } from '../i18n/words.ts';
import { visitor } from '../session/current.ts';

/** The button that logs out and leads to the start page. */
export function LogOut() {
  const { logOut } = useWords();
  const [, navigate] = useLocation();
  return (
    <ActionButton
      className="log-out"
      send={(signal) => visitor.logOut({ signal, onSuccess: () => navigate('/') })}
      action={logOut.action}
      doing={logOut.doing}
    />
  );
}
