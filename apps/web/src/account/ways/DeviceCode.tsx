import { type DeviceLink, deviceLinkSeconds, type User } from '@coatcheck/api-types';
import { Link } from 'wouter';
import { lazyPart, useLazyPart } from '../../browser/lazy-part.ts';
import { useSecondsUntil } from '../../form/seconds.ts';
import { useVisitor } from '../../session/current.ts';
import { AccountPage } from '../AccountPage.tsx';
import { CopyButton } from '../CopyButton.tsx';
import { useAccountWords } from '../words.ts';
import { MakeDeviceLink } from './OtherDevice.tsx';
import { QrCode } from './QrCode.tsx';

/** The maker of QR codes. */
const qr = lazyPart(() => import('uqr'));

interface DeviceCodeProps {
  user: User;
  link: DeviceLink;
  /** Called with another link, made in the place of this one. */
  onMade: (link: DeviceLink) => void;
  onDone: () => void;
}

/** A link that logs another device in, as a QR code and to be copied, for as long as the link is good. */
export function DeviceCode({ user, link, onMade, onDone }: DeviceCodeProps) {
  const { otherDevice } = useAccountWords();
  const state = useVisitor();
  const { part } = useLazyPart(qr, 'ahead');
  const clockAheadMs = state.is === 'known' ? state.clockAheadMs : 0;
  // The clocks differ by less than the page knows: the server's time travelled before it was compared.
  const seconds = Math.min(deviceLinkSeconds, useSecondsUntil(Date.parse(link.expiresAt) - clockAheadMs));
  const isOver = seconds === 0;
  return (
    <AccountPage heading={otherDevice.shown}>
      {isOver ? (
        <p>{otherDevice.over}</p>
      ) : (
        <>
          <p>{otherDevice.how(user.username)}</p>
          <div className="device-code">
            {part && <QrCode rows={part.encode(link.url, { border: 4 }).data} name={otherDevice.picture} />}
            <p>
              <b>
                {otherDevice.left(`${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`)}
              </b>
            </p>
          </div>
          <p>{otherDevice.once}</p>
          <p>
            {otherDevice.after} <Link href="/account/sessions">{otherDevice.sessions}</Link>
          </p>
          <p className="exact" translate="no">
            {link.url}
          </p>
        </>
      )}
      <span className="unseen" role="status">
        {isOver && otherDevice.over}
      </span>
      <div className="actions stack">
        {!isOver && <CopyButton key={link.url} text={link.url} action={otherDevice.copy} />}
        <MakeDeviceLink action={otherDevice.anew} onMade={onMade} />
        <button type="button" className={isOver ? 'button quiet' : 'button'} onClick={onDone}>
          {otherDevice.close}
        </button>
      </div>
    </AccountPage>
  );
}
