import type { PasskeyAuthenticationResponse, PasskeyRequestOptions } from '@coatcheck/api-types';
import type { PasskeyTrouble } from '../webauthn/webauthn.ts';

/** Milliseconds after which the offer takes a new challenge. The server takes a response to a challenge for five minutes. */
const renewalMs = 4.5 * 60_000;
/** An offer that the browser ends sooner than this, in milliseconds, is not made again: browsers that refuse do so at once. */
const minOfferMs = 1_000;

/** The steps of an offer. */
interface OfferSteps {
  /** Asks the server for options. Undefined: it gave none. */
  ask: (signal: AbortSignal) => Promise<PasskeyRequestOptions | undefined>;
  /** Has the browser offer passkeys in the field. */
  show: (
    options: PasskeyRequestOptions,
    signal: AbortSignal,
  ) => Promise<PasskeyAuthenticationResponse | PasskeyTrouble>;
  /** Called once, with the passkey that the person has chosen in the field. */
  onShown: (response: PasskeyAuthenticationResponse) => void;
}

/**
 * Has the browser offer passkeys in the field for the username until the person chooses one (conditional mediation, Web
 * Authentication Level 3 section 5.1.4). The offer takes a new challenge in time, and none while nobody sees the page.
 * @returns ends the offer
 */
export function offerInField({ ask, show, onShown }: OfferSteps): () => void {
  let isOver = false;
  let round = new AbortController();

  async function offer() {
    while (!isOver) {
      round = new AbortController();
      const { signal } = round;
      const options = await ask(signal);
      if (isOver || !options) return;
      const begun = Date.now();
      const renewal = setTimeout(() => round.abort(), renewalMs);
      const shown = await show(options, signal);
      clearTimeout(renewal);
      if (isOver) return;
      if (typeof shown !== 'string') return onShown(shown);
      if (!signal.aborted && Date.now() - begun < minOfferMs) return;
      await seen();
    }
  }

  offer();
  return () => {
    isOver = true;
    round.abort();
  };
}

/** Waits until somebody sees the page. */
function seen(): Promise<unknown> | undefined {
  if (document.visibilityState === 'visible') return undefined;
  return new Promise((resolve) => {
    document.addEventListener('visibilitychange', resolve, { once: true });
  });
}
