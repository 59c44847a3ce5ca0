import type { Session } from '@coatcheck/api-types';
import { useEffect, useRef, useState } from 'react';
import { ActionButton } from '../form/ActionButton.tsx';
import { ignoreSecondClick, wasKey } from '../form/double-click.ts';
import { LogOut } from '../layout/LogOut.tsx';
import { client, visitor } from '../session/current.ts';
import { EndSession, useSessionName } from './EndSession.tsx';
import { SessionRow } from './SessionRow.tsx';
import { useAgo } from './useAgo.ts';
import { useAccountWords } from './words.ts';

/** Rows that show at first, and further rows that each press of the button shows. */
const pageSize = 20;

interface SessionListProps {
  /** All live sessions. Those that end here stay in the list. */
  all: Session[];
  /** The name of the session cookie. */
  cookieName: string;
}

/** The button that ends all other sessions, and below it the sessions. */
export function SessionList({ all, cookieName }: SessionListProps) {
  const { sessions } = useAccountWords();
  const nameOf = useSessionName();
  const ago = useAgo();
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

  // The pressed button is gone: focus goes to the next button, else to the last, else to the outcome. Scrolling there could
  // bring another button under a pointer that clicks twice, so the page scrolls only for keys.
  useEffect(() => {
    if (said === undefined || document.activeElement !== document.body) return;
    const row = document.getElementById(said.id);
    const follows = (button: Element) =>
      row !== null && (row.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING) > 0;
    const buttons = [...(list.current?.querySelectorAll<HTMLElement>('.end button') ?? [])];
    const target = buttons.find(follows) ?? buttons.at(-1) ?? outcome.current;
    target?.focus({ preventScroll: true });
    if (wasKey()) target?.scrollIntoView({ block: 'nearest' });
    ignoreSecondClick();
  }, [said]);

  // Reading goes on at the first of the new rows. The button has moved to the end of them.
  useEffect(() => {
    if (shown > pageSize) (list.current?.children[shown - pageSize] as HTMLElement | undefined)?.focus();
  }, [shown]);

  return (
    <>
      <div className="others">
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
        <p className={others.length > 0 ? 'unseen' : 'said'} role="status" ref={outcome} tabIndex={-1}>
          <span>{said?.words}</span>
          <span>{all.length === 1 && sessions.alone}</span>
        </p>
      </div>
      <ul className="sessions" ref={list}>
        {all.slice(0, shown).map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            seen={session.current ? sessions.activeNow : ago(session.lastSeenAt)}
            isOver={ended.has(session.id)}
            cookieName={cookieName}
          >
            {session.current ? (
              <LogOut />
            ) : ended.has(session.id) ? (
              <p className="over">{sessions.ended}</p>
            ) : (
              <EndSession session={session} onEnded={(over) => end([over], sessions.said(nameOf(over)))} />
            )}
          </SessionRow>
        ))}
      </ul>
      {all.length > shown && (
        <div className="actions">
          <button type="button" className="button quiet" onClick={() => setShown(shown + pageSize)}>
            {sessions.more(Math.min(pageSize, all.length - shown))}
          </button>
        </div>
      )}
    </>
  );
}
