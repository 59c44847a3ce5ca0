import type { PasskeyAuthenticationResponse } from '@coatcheck/api-types';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { basePath } from '../browser/base-path.ts';
import { leadingTo } from '../browser/next.ts';
import { ActionButton } from '../form/ActionButton.tsx';
import type { PasskeyLogInProps } from '../screens/LogIn.tsx';
import { client, visitor } from '../session/current.ts';
import type { Failure } from '../session/failure.ts';
import { hasPasskeys, showPasskey, urlForPasskeys } from '../webauthn/webauthn.ts';
import { offerInField } from './offer.ts';
import { askForOptions, canOfferInField } from './options.ts';
import { useEnterWords } from './words.ts';

/** After so many failures the field offers nothing more: an authenticator that answers by itself would try for ever. */
const maxFailures = 3;

/** The login with a passkey: the button, and the offer in the form's field. Nothing where the browser has no passkeys. */
export function PasskeyLogIn({ isSending, isRequired, username, next, goOn }: PasskeyLogInProps) {
  const { passkey } = useEnterWords();
  const [isRunning, setIsRunning] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const chosen = useRef<PasskeyAuthenticationResponse>(undefined);
  const failures = useRef(0);
  const stopOffer = useRef<() => void>(undefined);
  const elsewhere = urlForPasskeys(window.location.href);
  const isPossible = hasPasskeys() && !elsewhere;

  useEffect(() => {
    if (!isPossible || isSending || isRunning || failures.current >= maxFailures) return;
    let isOver = false;
    canOfferInField().then((canOffer) => {
      if (!canOffer || isOver) return;
      stopOffer.current = offerInField({
        ask: async (signal) => {
          const options = await askForOptions(signal);
          return options.ok ? options.data : undefined;
        },
        show: (options, signal) => showPasskey(options, { mediation: 'conditional', signal }),
        onShown: (response) => {
          chosen.current = response;
          box.current?.querySelector('form')?.requestSubmit();
          // The form is not sent while the person has to wait. This response would be old then.
          chosen.current = undefined;
        },
      });
    });
    return () => {
      isOver = true;
      stopOffer.current?.();
    };
  }, [isPossible, isSending, isRunning]);

  async function logIn(signal: AbortSignal): Promise<Failure | undefined> {
    const response = chosen.current ?? (await askInDialog(signal));
    if (!('response' in response)) return response;
    const body = { response, remember: isRemembered() };
    return visitor.begin(client.POST('/login/passkey', { body, signal }), undefined, {
      signal,
      onSuccess: goOn,
    });
  }

  async function send(signal: AbortSignal) {
    // A browser shows one request at a time.
    stopOffer.current?.();
    setIsRunning(true);
    const failure = await logIn(signal);
    if (failure) failures.current += 1;
    setIsRunning(false);
    return failure;
  }

  return (
    <div className="passkey" ref={box}>
      {isRequired && <p className="lead">{isPossible || elsewhere ? passkey.required : passkey.none}</p>}
      {isPossible ? (
        <ActionButton
          send={send}
          loud={isRequired}
          action={passkey.action}
          doing={passkey.doing}
          sentences={{ '/problems/invalid-credentials': passkey.refused, 'no-passkey': passkey.notShown }}
        />
      ) : (
        hasPasskeys() && (
          <p className="alone">
            <a href={elsewhere}>{passkey.elsewhere}</a>
          </p>
        )
      )}
      {isRequired && (
        <p className="alone">
          <Link href={leadingTo('/recover', next?.href)} state={{ username }}>
            {passkey.code}
          </Link>
        </p>
      )}
      {isRequired && (
        <p className="alone">
          <a href={basePath + leadingTo('/login', next?.href)}>{passkey.another}</a>
        </p>
      )}
    </div>
  );
}

/** Shows the browser's dialog. */
async function askInDialog(signal: AbortSignal): Promise<PasskeyAuthenticationResponse | Failure> {
  const options = await askForOptions(signal);
  if (!options.ok) return options.problem;
  const shown = await showPasskey(options.data, { signal });
  if (typeof shown !== 'string') return shown;
  return signal.aborted ? { type: 'stopped' } : { type: 'no-passkey' };
}

/** Whether the person has asked at the login form to stay logged in. */
const isRemembered = () => document.querySelector<HTMLInputElement>('#remember')?.checked ?? false;
