import type { LoginMethods } from '@coatcheck/api-types';
import { Link } from 'wouter';
import { Contact } from '../../layout/Contact.tsx';
import { client, visitor } from '../../session/current.ts';
import { useAccountWords } from '../words.ts';
import { WayButton } from './WayButton.tsx';

interface PasswordWayProps {
  methods: LoginMethods;
  /** Called after a change. @param said what has happened, in words */
  onChange: (said: string) => void;
}

/** What the password is good for, the way to change it, and whether it is enough without a passkey. */
export function PasswordWay({ methods, onChange }: PasswordWayProps) {
  const { newPassword, passwordWay: words, proof } = useAccountWords();
  const { passkeys, recoveryCodesLeft, passwordAlone } = methods;
  const missing =
    passkeys.length === 0
      ? recoveryCodesLeft === 0
        ? 'both'
        : 'passkey'
      : recoveryCodesLeft === 0
        ? 'codes'
        : undefined;
  return (
    <section aria-labelledby="password-way">
      <h2 id="password-way">{newPassword.link}</h2>
      <p>
        {passwordAlone ? words.alone : words.notAlone} <Link href="/account/password">{words.change}</Link>
      </p>
      {passwordAlone && (
        <>
          <h3>{words.title}</h3>
          <p>{words.explained}</p>
          <p>{words.second}</p>
        </>
      )}
      {!passwordAlone && (
        <p>
          {proof.lost} <Contact />
        </p>
      )}
      {passwordAlone && missing ? (
        <p className="hint">{words.needs[missing]}</p>
      ) : (
        <WayButton
          id="password-alone"
          action={passwordAlone ? words.demand : words.allow}
          doing={words.doing}
          send={async (signal) => {
            const body = { passwordAlone: !passwordAlone };
            const changed = await visitor.settle(client.PATCH('/me/login-methods', { body, signal }));
            if (!changed.ok) return changed.problem;
            onChange(passwordAlone ? words.demanded : words.allowed);
            return undefined;
          }}
        />
      )}
    </section>
  );
}
