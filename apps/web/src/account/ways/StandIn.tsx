import { useEffect, useRef, useState } from 'react';
import type { Failure } from '../../session/failure.ts';
import { hasPasskeys, urlForPasskeys } from '../../webauthn/webauthn.ts';
import { useQuery } from '../query.ts';
import { useAccountWords } from '../words.ts';
import { askForLoginMethods } from './login-methods.ts';
import { proveByPasskey } from './proof.ts';
import { WayButton } from './WayButton.tsx';

/** The state of a form that asks for the current password, in whose place a passkey may be shown. */
interface StandInState {
  /** Whether the account has a passkey and this browser can show one. */
  isPossible: boolean;
  /** Whether a passkey has been shown, so that the form needs no password. */
  isShown: boolean;
  setIsShown: (isShown: boolean) => void;
  /** Asks for the password again where the server says that it is needed: the proof had got too old. @returns the failure */
  without: (failure: Failure | undefined) => Failure | undefined;
}

export function useStandIn(): StandInState {
  const [asked] = useQuery(askForLoginMethods);
  const [isShown, setIsShown] = useState(false);
  const hasSome = asked.is === 'known' && asked.data.passkeys.length > 0;
  return {
    isPossible: hasSome && hasPasskeys() && !urlForPasskeys(window.location.href),
    isShown,
    setIsShown,
    without(failure) {
      const isNeeded =
        failure?.type === '/problems/invalid-request' &&
        failure.errors.some(({ rule }) => rule === 'required');
      if (isNeeded) setIsShown(false);
      return failure;
    },
  };
}

/** The button that shows a passkey in place of the current password, above the form that asks for the password. */
export function StandIn({ isPossible, isShown, setIsShown }: StandInState) {
  const { proof } = useAccountWords();
  const outcome = useRef<HTMLParagraphElement>(null);
  // The pressed button is gone.
  useEffect(() => {
    if (isShown) outcome.current?.focus();
  }, [isShown]);
  return (
    <>
      {isPossible && !isShown && (
        <div className="stand-in">
          <p>{proof.standsIn}</p>
          <WayButton
            id="stand-in"
            action={proof.passkey}
            doing={proof.showing}
            send={async (signal) => {
              const failure = await proveByPasskey(signal, proof.notShown);
              if (failure === undefined) setIsShown(true);
              return failure;
            }}
          />
        </div>
      )}
      <p className={isShown ? 'done' : 'unseen'} role="status" ref={outcome} tabIndex={-1}>
        {isShown && proof.shown}
      </p>
    </>
  );
}
