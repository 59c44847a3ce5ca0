import type { Conversation } from '@coatcheck/api-types';
import { Link, useLocation } from 'wouter';
import { useWords } from '../i18n/words.ts';
import type { VisitorState } from '../session/visitor-state.ts';
import { printOf } from '../ticket/number.ts';

/** The header of every page: the product's name, and the user's ticket or the links to get one. */
export function Header({ state }: { state: VisitorState }) {
  const words = useWords();
  return (
    <header className="header">
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <Link href="/" className="mark">
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M3 19 12 12l9 7zM12 12V9.5c0-1.5 2.5-1.7 2.5-4A2.5 2.5 0 0 0 9.5 5.2" />
        </svg>
        Coatcheck
      </Link>
      <nav aria-label={words.places}>
        {state.is === 'known' && <Places conversation={state.conversation} />}
      </nav>
    </header>
  );
}

function Places({ conversation: { user, session } }: { conversation: Conversation }) {
  const words = useWords();
  const [path] = useLocation();
  const here = (page: string) => (path === page ? 'page' : undefined);

  if (!user) {
    return (
      <>
        <Link href="/login" aria-current={here('/login')}>
          {words.logIn.action}
        </Link>
        <Link href="/register" aria-current={here('/register')}>
          {words.register.action}
        </Link>
      </>
    );
  }
  const print = session && printOf(session.id);
  return (
    <Link href="/account" className="stub" data-stock={print?.stock} aria-current={here('/account')}>
      <span className="unseen">{words.account.title}: </span>
      {print && <span className="stub-number">{print.number}</span>}
      <span className="stub-name">
        <bdi>{user.displayName ?? user.username}</bdi>
      </span>
    </Link>
  );
}
