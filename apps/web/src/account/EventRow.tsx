import { useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { TicketNumber } from '../ticket/TicketNumber.tsx';
import type { ActivityRow } from './activity.ts';
import { EndSession } from './EndSession.tsx';
import { useAccountWords } from './words.ts';

/** A row of the activity: what happened, from where, and the way to end the session that began with it. */
export function EventRow({ row: { event, count, hasFailed, session, isSuspicious } }: { row: ActivityRow }) {
  const { clock, moment, ticket } = useWords();
  const { activity, sessions } = useAccountWords();
  const [ended, setEnded] = useState(false);
  const { address, at, device, sessionId, type } = event;
  const from = ticket.device(device.browser, device.system) ?? ticket.unknownDevice;
  return (
    <li id={event.id} tabIndex={-1} className={ended ? 'forgotten' : undefined}>
      <time dateTime={at} title={moment(at)}>
        {clock(at)}
      </time>
      <p className="event">
        {hasFailed && <span className="failed">{activity.failed(count)}</span>}{' '}
        <b>{activity.events[type](count)}</b>{' '}
        {event.newDevice && <span className="mark-word">{activity.newDevice}</span>}
      </p>
      {sessionId && <TicketNumber sessionId={sessionId} />}
      <p className="from">
        {address === null ? (
          <span>{activity.server}</span>
        ) : hasFailed && count > 1 ? (
          <span>
            <span>{activity.lastFrom}</span> <span className="exact">{address}</span>
          </span>
        ) : (
          <>
            <span>{from}</span> <span className="exact">{address}</span>
          </>
        )}
      </p>
      {ended ? (
        <p className="over" role="status">
          {sessions.ended}
        </p>
      ) : (
        session && (
          <EndSession
            session={session}
            looks={isSuspicious ? 'button' : 'link'}
            onEnded={() => setEnded(true)}
          />
        )
      )}
    </li>
  );
}
