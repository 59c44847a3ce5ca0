import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { KnownVisitor } from '../session/visitor-state.ts';
import { hasPasskeys, urlForPasskeys } from '../webauthn/webauthn.ts';
import { useAccountWords } from './words.ts';

/** An account that is younger than this has just been made. */
const youngMs = 5 * 60_000;

/**
 * Offers a passkey below the start page, to a person who has just registered, until the page asks the server again who the
 * visitor is. Whoever came to go on to an app is there by then.
 */
export function PasskeyOffer({ state }: { state: KnownVisitor }) {
  const { offer } = useAccountWords();
  const [path] = useLocation();
  const [isRefused, setIsRefused] = useState(false);
  const { user, now } = state.conversation;
  const isNew = user && state.hasNewTicket && Date.parse(now) - Date.parse(user.createdAt) < youngMs;
  const isPossible = hasPasskeys() && !urlForPasskeys(window.location.href);
  if (!isNew || !isPossible || isRefused || path !== '/') return null;
  function refuse() {
    setIsRefused(true);
    // The pressed button goes away.
    document.getElementById('content')?.focus({ preventScroll: true });
  }
  return (
    <section className="offer" aria-labelledby="offer">
      <h2 id="offer">{offer.title}</h2>
      <p>{offer.body}</p>
      <div className="actions">
        <Link href="/account/ways" className="button quiet">
          {offer.action}
        </Link>
        <button type="button" className="link" onClick={refuse}>
          {offer.no}
        </button>
      </div>
    </section>
  );
}
