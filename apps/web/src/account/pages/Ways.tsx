import type { DeviceLink, ProofWay } from '@coatcheck/api-types';
import { useEffect, useRef, useState } from 'react';
import { useWords } from '../../i18n/words.ts';
import type { AccountPageProps } from '../Account.tsx';
import { AccountPage } from '../AccountPage.tsx';
import { QueryView } from '../QueryView.tsx';
import { useQuery } from '../query.ts';
import { Codes } from '../ways/Codes.tsx';
import { DeviceCode } from '../ways/DeviceCode.tsx';
import { Guard } from '../ways/guard.ts';
import { askForLoginMethods } from '../ways/login-methods.ts';
import { OtherDevice } from '../ways/OtherDevice.tsx';
import { type OpenPasskey, Passkeys } from '../ways/Passkeys.tsx';
import { PasswordWay } from '../ways/PasswordWay.tsx';
import { Proof } from '../ways/Proof.tsx';
import { RecoveryCodes } from '../ways/RecoveryCodes.tsx';
import { useAccountWords } from '../words.ts';

/** What the page shows. */
type Step =
  /** `resumed`: the button whose call is made again; `focused`: the button that the person comes back to. */
  | { is: 'list'; resumed?: string; focused?: string; said?: string }
  /** `id`: the button whose call asked for the proof. */
  | { is: 'proof'; id: string; ways: ProofWay[] }
  | { is: 'codes'; codes: string[] }
  | { is: 'device'; link: DeviceLink };

/** The ways in which the owner of an account logs in, and what changes them. */
export function Ways({ user, conversation }: AccountPageProps) {
  const { ticket } = useWords();
  const { codes, ways } = useAccountWords();
  const [asked, again] = useQuery(askForLoginMethods);
  const [step, setStep] = useState<Step>({ is: 'list' });
  const [open, setOpen] = useState<OpenPasskey>();
  const outcome = useRef<HTMLParagraphElement>(null);
  const said = step.is === 'list' ? step.said : undefined;

  // After the heading of the page has taken focus.
  useEffect(() => {
    if (step.is !== 'list') return;
    const button = document.getElementById(step.resumed ?? step.focused ?? '')?.querySelector('button');
    if (step.said) outcome.current?.focus();
    else button?.focus();
  }, [step]);

  function changed(said: string) {
    setStep({ is: 'list', said });
    again();
  }

  if (step.is === 'proof') {
    return (
      <Proof
        user={user}
        ways={step.ways}
        onProven={() => setStep({ is: 'list', resumed: step.id })}
        onCancel={() => setStep({ is: 'list', focused: step.id })}
      />
    );
  }
  if (step.is === 'codes') {
    return <Codes user={user} codes={step.codes} onKept={() => changed(codes.done)} />;
  }
  const showLink = (link: DeviceLink) => setStep({ is: 'device', link });
  const resumed = step.is === 'list' ? step.resumed : undefined;
  const guard: Guard = {
    resumed,
    onResumed: () => resumed && setStep({ is: 'list', focused: resumed }),
    askForProof: (id, ways) => setStep({ is: 'proof', id, ways }),
  };
  const device = conversation.session?.device;
  // Beyond this machine a server has https, and its cookie is for https only. No other device could open a link to this machine.
  const canBeReached = conversation.cookie.attributes.secure;
  return (
    <Guard value={guard}>
      {step.is === 'device' ? (
        <DeviceCode
          user={user}
          link={step.link}
          onMade={showLink}
          onDone={() => setStep({ is: 'list', focused: 'make-device-link' })}
        />
      ) : (
        <AccountPage heading={ways.title}>
          <p className={said ? 'done' : 'unseen'} role="status" ref={outcome} tabIndex={-1}>
            {said}
          </p>
          <QueryView asked={asked} again={again}>
            {(methods) => (
              <div className="ways">
                <Passkeys
                  passkeys={methods.passkeys}
                  device={device ? ticket.device(device.browser, device.system) : null}
                  open={open}
                  setOpen={setOpen}
                  onChange={changed}
                />
                <RecoveryCodes
                  left={methods.recoveryCodesLeft}
                  onMade={(codes) => setStep({ is: 'codes', codes })}
                />
                <PasswordWay methods={methods} onChange={changed} />
                {canBeReached && <OtherDevice onMade={showLink} />}
              </div>
            )}
          </QueryView>
        </AccountPage>
      )}
    </Guard>
  );
}
