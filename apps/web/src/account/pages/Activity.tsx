import type { Event, Activity as Page, Session } from '@coatcheck/api-types';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { ActionButton } from '../../form/ActionButton.tsx';
import { useWords } from '../../i18n/words.ts';
import { client, visitor } from '../../session/current.ts';
import { TicketNumber } from '../../ticket/TicketNumber.tsx';
import { AccountPage } from '../AccountPage.tsx';
import { EndSession } from '../EndSession.tsx';
import { QueryView } from '../QueryView.tsx';
import { useQuery } from '../query.ts';
import { useAccountWords } from '../words.ts';

/** Asks for the newest events, and for the sessions that the person can still end. */
async function question(signal: AbortSignal) {
  const [activity, sessions] = await Promise.all([
    client.GET('/me/activity', { signal }),
    client.GET('/me/sessions', { signal }),
  ]);
  if (!activity.ok) return activity;
  if (!sessions.ok) return sessions;
  const live = sessions.data.sessions.filter(({ current }) => !current);
  return { ...activity, data: { newest: activity.data, live } };
}

/** The events of an account, day by day, and the ways to act when somebody else caused one. */
export function Activity() {
  const { activity, sessions } = useAccountWords();
  const [asked, again] = useQuery(question);
  return (
    <AccountPage
      heading={activity.title}
      beside={
        <>
          <p>{activity.explained}</p>
          <p>
            {activity.notYou} <Link href="/account/password">{sessions.changePassword}</Link>.
          </p>
        </>
      }
    >
      <QueryView asked={asked} again={again}>
        {({ newest, live }) => <Days newest={newest} live={live} />}
      </QueryView>
    </AccountPage>
  );
}

function Days({ newest, live }: { newest: Page; live: Session[] }) {
  const words = useWords();
  const { activity, area } = useAccountWords();
  // The first page of events as it was, and the pages fetched after it: a newer first page leaves no gap.
  const [rest, setRest] = useState(newest);
  const events = [...new Map([...rest.events, ...newest.events].map((event) => [event.id, event])).values()];
  const days = Map.groupBy(events.toSorted(newestFirst), ({ at }) => words.dayHeading(at));
  const firstOfMore = useRef<string>(undefined);

  useEffect(() => {
    // The person reads on at the first of the new events. The button has moved to the end of them.
    if (rest.events.length > 0 && firstOfMore.current) document.getElementById(firstOfMore.current)?.focus();
    firstOfMore.current = undefined;
  }, [rest]);

  if (events.length === 0) return <p>{activity.nothing}</p>;
  return (
    <>
      {[...days].map(([day, events]) => (
        <section key={day} aria-label={day}>
          <h2>{day}</h2>
          <ul className="events">
            {events.map((event) => (
              <Row key={event.id} event={event} session={live.find(({ id }) => begins(event, id))} />
            ))}
          </ul>
        </section>
      ))}
      {rest.next ? (
        <ActionButton
          action={activity.earlier}
          doing={area.asking}
          send={async (signal) => {
            const query = { before: rest.next ?? '' };
            const answer = await visitor.settle(client.GET('/me/activity', { query, signal }));
            if (!answer.ok) return answer.problem;
            firstOfMore.current = answer.data.events[0]?.id;
            setRest({ events: [...rest.events, ...answer.data.events], next: answer.data.next });
            return undefined;
          }}
        />
      ) : (
        <p className="hint">{activity.beginning}</p>
      )}
    </>
  );
}

function Row({ event, session }: { event: Event; session: Session | undefined }) {
  const { clock, ticket } = useWords();
  const { activity, sessions } = useAccountWords();
  const [ended, setEnded] = useState(false);
  const { address, device, sessionId } = event;
  const from = ticket.device(device.browser, device.system) ?? ticket.unknownDevice;
  return (
    <li id={event.id} tabIndex={-1}>
      <time dateTime={event.at}>{clock(event.at)}</time>
      <div className="event">
        <p>
          <b>{activity.events[event.type](event.count)}</b>{' '}
          {event.newDevice && <span className="mark-word">{activity.newDevice}</span>}
        </p>
        <p className="from">
          {sessionId && <TicketNumber sessionId={sessionId} />}
          {address === null ? (
            <span>{activity.server}</span>
          ) : (
            <>
              <span>{from}</span> <span className="exact">{address}</span>
            </>
          )}
        </p>
      </div>
      {ended ? (
        <p className="over" role="status">
          {sessions.ended}
        </p>
      ) : (
        session && <EndSession session={session} onEnded={() => setEnded(true)} />
      )}
    </li>
  );
}

/** Whether an event began the session with this id. */
const begins = ({ type, sessionId }: Event, id: string) =>
  sessionId === id && (type === 'logged-in' || type === 'registered');

/** Sorts events, the newest first. Events of one moment stay in the server's order. */
const newestFirst = (a: Event, b: Event) => Date.parse(b.at) - Date.parse(a.at);
