import { useLocation } from 'wouter';
import type { Left } from '../browser/news.ts';
import { ActionButton } from '../form/ActionButton.tsx';
import { useWords } from '../i18n/words.ts';
import { useVisitor, visitor } from '../session/current.ts';
import { sessionOf } from '../session/visitor-state.ts';
import { printOf } from '../ticket/number.ts';

/** The button that logs out and leads to the start page, which says so. */
export function LogOut() {
  const { logOut } = useWords();
  const [, navigate] = useLocation();
  const session = sessionOf(useVisitor());
  const left: Left = { news: 'logged-out', ...(session && { ticket: printOf(session.id).number }) };
  return (
    <ActionButton
      className="log-out"
      send={(signal) => visitor.logOut({ signal, onSuccess: () => navigate('/', { state: left }) })}
      action={logOut.action}
      doing={logOut.doing}
    />
  );
}
