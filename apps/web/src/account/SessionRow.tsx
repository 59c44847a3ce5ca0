import type { Session } from '@coatcheck/api-types';
import { type ReactNode, useId, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { Fact } from '../layout/Facts.tsx';
import { TicketNumber } from '../ticket/TicketNumber.tsx';
import { DeviceIcon } from './DeviceIcon.tsx';
import { useSessionName } from './EndSession.tsx';
import { useAccountWords } from './words.ts';

interface SessionRowProps {
  session: Session;
  /** When the session was last used, in words. */
  seen: string;
  /** Whether the session has ended while this page showed it. */
  isOver: boolean;
  /** The name of the session cookie. */
  cookieName: string;
  /** The button that ends the session, or the word that it has ended. */
  children: ReactNode;
}

/** A session in two lines. A press of "More" shows the rest of what is known about it. */
export function SessionRow({ session, seen, isOver, cookieName, children }: SessionRowProps) {
  const words = useWords();
  const { ticket } = words;
  const { sessions } = useAccountWords();
  const nameOf = useSessionName();
  const details = useId();
  const [isOpen, setIsOpen] = useState(false);
  const { browser, system } = session.device;
  return (
    <li id={session.id} tabIndex={-1} className={isOver ? 'forgotten' : undefined}>
      <div className="device">
        <TicketNumber sessionId={session.id} />
        <DeviceIcon device={session.device} />
        <p>
          <b>{ticket.device(browser, system) ?? ticket.unknownDevice}</b>{' '}
          {session.current && <span className="mark-word">{sessions.current}</span>}
        </p>
      </div>
      <div className="seen">
        <time dateTime={session.lastSeenAt} title={words.moment(session.lastSeenAt)}>
          {seen}
        </time>
        <span className="exact">{session.address}</span>
        <button
          type="button"
          className="link more"
          aria-expanded={isOpen}
          aria-controls={details}
          onClick={() => setIsOpen(!isOpen)}
        >
          <span>{sessions.details}</span>
          <span className="unseen">{sessions.about(nameOf(session))}</span>
        </button>
      </div>
      {children}
      <dl className="details" id={details} hidden={!isOpen}>
        {isOpen && <SessionFacts session={session} cookieName={cookieName} />}
      </dl>
    </li>
  );
}

function SessionFacts({ session, cookieName }: Pick<SessionRowProps, 'session' | 'cookieName'>) {
  const words = useWords();
  const { sessions } = useAccountWords();
  const time = (iso: string) => <time dateTime={iso}>{words.when(iso)}</time>;
  const idleMs = Date.parse(session.idleExpiresAt) - Date.parse(session.lastSeenAt);
  return (
    <>
      <Fact name={sessions.seen}>{time(session.lastSeenAt)}</Fact>
      <Fact name={sessions.started}>{time(session.createdAt)}</Fact>
      <Fact name={sessions.expires}>
        {time(session.expiresAt)}
        <span>{`, ${sessions.ifUnused(words.duration(idleMs))}`}</span>
      </Fact>
      <Fact name={sessions.cookie}>
        {session.current && (
          <>
            <span className="exact">{cookieName}</span>
            <span>, </span>
          </>
        )}
        <span>{session.remember ? sessions.remembered : sessions.untilClosed}</span>
      </Fact>
    </>
  );
}
