import type { Session } from '@coatcheck/api-types';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import { ActionButton } from '../../form/ActionButton.tsx';
import { ignoreSecondClick, wasKey } from '../../form/double-click.ts';
import { useWords } from '../../i18n/words.ts';
import { Fact } from '../../layout/Facts.tsx';
import { LogOut } from '../../layout/LogOut.tsx';
import { client, visitor } from '../../session/current.ts';
import { printOf } from '../../ticket/number.ts';
import { TicketNumber } from '../../ticket/TicketNumber.tsx';
import { AccountPage } from '../AccountPage.tsx';
import { EndSession } from '../EndSession.tsx';
import { QueryView } from '../QueryView.tsx';
import { useQuery } from '../query.ts';
import { useAccountWords } from '../words.ts';

const question = (signal: AbortSignal) => client.GET('/me/sessions', { signal });
/** Rows that show at first, and further rows that each press of the button shows. */
const pageSize = 20;

/** The live sessions of an account, with the buttons that end them. */
export function Sessions() {
  const { sessions } = useAccountWords();
  const [asked, again] = useQuery(question);
  return (
    <AccountPage
      heading={sessions.title}
      beside={
        <>
          <p>{sessions.explained}</p>
          <p>
            {sessions.notYours} <Link href="/account/password">{sessions.changePassword}</Link>.
          </p>
        </>
      }
    >
      <QueryView asked={asked} again={again}>
        {({ sessions }) => <List all={sessions} />}
      </QueryView>
    </AccountPage>
  );
}

function List({ all }: { all: Session[] }) {
  const words = useWords();
  const { ticket } = words;
  const { sessions } = useAccountWords();
  const [shown, setShown] = useState(pageSize);
  const [ended, setEnded] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState<{ id: string; words: string }>();
  const outcome = useRef<HTMLParagraphElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const others = all.filter(({ id, current }) => !current && !ended.has(id));

  function end(over: Session[], words: string) {
    setEnded((before) => new Set([...before, ...over.map(({ id }) => id)]));
    setSaid({ id: over.at(-1)?.id ?? '', words });
  }

  // The pressed button is gone: focus goes to the next button, or to the outcome. Scrolling there could bring another
  // button under a pointer that clicks twice, so the page scrolls only for keys.
  useEffect(() => {
    if (said === undefined || document.activeElement !== document.body) return;
    const row = document.getElementById(said.id);
    const follows = (one: Element) =>
      row !== null && (row.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) > 0;
    const next = [...(list.current?.querySelectorAll<HTMLElement>('.end button') ?? [])].find(follows);
    const target = next ?? outcome.current;
    target?.focus({ preventScroll: true });
    if (wasKey()) target?.scrollIntoView({ block: 'nearest' });
    ignoreSecondClick();
  }, [said]);

  return (
    <>
      <ul className="sessions" ref={list}>
        {all.slice(0, shown).map((session) => (
          <li key={session.id} id={session.id}>
            <Row session={session} />
            {session.current ? (
              <LogOut />
            ) : ended.has(session.id) ? (
              <p className="over">{sessions.ended}</p>
            ) : (
              <EndSession
                session={session}
                onEnded={(over) => {
                  const { browser, system } = over.device;
                  const device = ticket.device(browser, system) ?? ticket.unknownDevice;
                  end([over], sessions.said(device, printOf(over.id).number));
                }}
              />
            )}
          </li>
        ))}
      </ul>
      {all.length > shown && (
        <button type="button" className="button quiet" onClick={() => setShown(shown + pageSize)}>
          {sessions.more(Math.min(pageSize, all.length - shown))}
        </button>
      )}
      {others.length > 0 && (
        <ActionButton
          action={sessions.endOthers(others.length)}
          doing={sessions.ending}
          send={async (signal) => {
            const answer = await visitor.settle(client.DELETE('/me/sessions', { signal }));
            if (!answer.ok) return answer.problem;
            end(others, sessions.othersEnded(others.length));
            return undefined;
          }}
        />
      )}
      <p className="said" role="status" ref={outcome} tabIndex={-1}>
        <span>{said?.words}</span>
        <span>{all.length === 1 && sessions.alone}</span>
      </p>
    </>
  );
}

function Row({ session }: { session: Session }) {
  const words = useWords();
  const { ticket } = words;
  const { overview, sessions } = useAccountWords();
  const { browser, system } = session.device;
  const time = (iso: string) => <time dateTime={iso}>{words.when(iso)}</time>;
  return (
    <div className="session">
      <p className="device">
        <TicketNumber sessionId={session.id} />
        <b>{ticket.device(browser, system) ?? ticket.unknownDevice}</b>
        {session.current && <span className="mark-word">{sessions.thisDevice}</span>}
      </p>
      <dl className="details">
        <Fact name={sessions.seen}>{time(session.lastSeenAt)}</Fact>
        <Fact name={overview.address}>
          <span className="exact">{session.address}</span>
        </Fact>
        <Fact name={sessions.started}>{time(session.createdAt)}</Fact>
        <Fact name={sessions.lasts}>{time(session.expiresAt)}</Fact>
      </dl>
    </div>
  );
}
