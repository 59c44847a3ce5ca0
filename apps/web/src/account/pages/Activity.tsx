import type { Event, Activity as Page, Session } from '@coatcheck/api-types';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { ActionButton } from '../../form/ActionButton.tsx';
import { useWords } from '../../i18n/words.ts';
import { client, visitor } from '../../session/current.ts';
import { AccountPage } from '../AccountPage.tsx';
import { rowsOf } from '../activity.ts';
import { EventRow } from '../EventRow.tsx';
import { QueryView } from '../QueryView.tsx';
import { useQuery } from '../query.ts';
import { askForSessions } from '../sessions.ts';
import { useAccountWords } from '../words.ts';

/** Asks for the newest events, and for the sessions that the person can still end. */
async function question(signal: AbortSignal) {
  const [activity, sessions] = await Promise.all([
    client.GET('/me/activity', { signal }),
    askForSessions(signal),
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
    <AccountPage heading={activity.title} beside={<p>{activity.explained}</p>}>
      <QueryView asked={asked} again={again}>
        {({ newest, live }) =>
          newest.events.length === 0 ? (
            <p>{activity.nothing}</p>
          ) : (
            <>
              <p>
                {activity.notYou} <Link href="/account/password">{sessions.changePassword}</Link>.{' '}
                <span>{activity.lookAt}</span> <Link href="/account/ways">{activity.ways}</Link>.
              </p>
              <Days newest={newest} live={live} />
            </>
          )
        }
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
    // The person reads on at the first of the new events. The button has moved to the end of them. An event that went on
    // with a run of failed logins has no row of its own.
    const events = rest.events.slice(rest.events.findIndex(({ id }) => id === firstOfMore.current));
    if (firstOfMore.current) events.some(({ id }) => focusOn(id));
    firstOfMore.current = undefined;
  }, [rest]);

  return (
    <>
      {[...days].map(([day, events]) => (
        <section key={day} aria-label={day}>
          <h2>{day}</h2>
          <ul className="events">
            {rowsOf(events, live).map((row) => (
              <EventRow key={row.event.id} row={row} />
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

/** Moves focus to the element with an id. @returns whether there is one */
function focusOn(id: string): boolean {
  const element = document.getElementById(id);
  element?.focus();
  return element !== null;
}

/** Sorts events, the newest first. Events of one moment stay in the server's order. */
const newestFirst = (a: Event, b: Event) => Date.parse(b.at) - Date.parse(a.at);
