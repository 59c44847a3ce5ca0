import { useState } from 'react';
import { Link } from 'wouter';
import { hasPasskeys, urlForPasskeys } from '../webauthn/webauthn.ts';
import { useLoginMethods } from './login-methods.ts';
import { useEnterWords } from './words.ts';

/**
 * Offers a passkey to a person who has just registered. Nothing where this page cannot make one, or the account has one
 * already.
 */
export function PasskeyOffer() {
  const { offer } = useEnterWords();
  const [isRefused, setIsRefused] = useState(false);
  const methods = useLoginMethods();
  const hasOne = methods !== undefined && methods.passkeys.length > 0;
  if (isRefused || hasOne || !hasPasskeys() || urlForPasskeys(window.location.href)) return null;
  function refuse() {
    setIsRefused(true);
    // The pressed button goes away.
    document.getElementById('content')?.focus({ preventScroll: true });
  }
  return (
    <section className="offer" aria-labelledby="offer">
      <h2 id="offer">{offer.title}</h2>
      <p className="hint">{offer.body}</p>
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
