import type { Conversation, EndReason, Session } from '@coatcheck/api-types';
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react';
import { useWords } from '../i18n/words.ts';
import { Fact } from '../layout/Facts.tsx';
import { TicketNumber } from '../ticket/TicketNumber.tsx';
import { Copy } from './Copy.tsx';
import { attributesOf, hiddenValue } from './cookie.ts';
import { readTicket } from './curl.ts';
import { useConversationWords } from './words.ts';

/** What this browser keeps: the ticket, whose value no page may see, and how it was told to treat it. */
export function BrowserSide({ conversation }: { conversation: Conversation }) {
  const { browser } = useConversationWords();
  const { session, reason, cookie } = conversation;
  const dead: EndReason | null = cookie.sent ? reason : null;
  return (
    <Side which="browser" title={browser.title} of={session?.id ?? dead}>
      {session ? (
        <Cookie session={session} conversation={conversation} />
      ) : dead ? (
        <p>{browser.dead(dead)}</p>
      ) : (
        <p>{browser.nothing}</p>
      )}
      <Where name={cookie.name} />
    </Side>
  );
}

function Cookie({ session, conversation: { cookie } }: { session: Session; conversation: Conversation }) {
  const { browser } = useConversationWords();
  return (
    <>
      <p>
        <TicketNumber sessionId={session.id} />
      </p>
      <ul className="cookie">
        <li>
          <code>{`${cookie.name}=${hiddenValue}`}</code>
        </li>
        {attributesOf(cookie.attributes).map((attribute) => (
          <li key={attribute}>
            <code>{attribute}</code>
          </li>
        ))}
      </ul>
      <p className="hint">{browser.explained}</p>
    </>
  );
}

/** Where the ticket is to be seen, and how it gets into a terminal. */
function Where({ name }: { name: string }) {
  const { browser } = useConversationWords();
  return (
    <details>
      <summary>{browser.where}</summary>
      <p className="hint">{browser.devtools(name)}</p>
      <Copy line={readTicket} />
      <p className="hint">{browser.terminal}</p>
    </details>
  );
}

/** What the server keeps about whoever holds the ticket: the row, in its own words. */
export function ServerSide({ conversation }: { conversation: Conversation }) {
  const { server } = useConversationWords();
  const { session, reason, user, remembered } = conversation;
  return (
    <Side
      which="server"
      title={server.title}
      of={JSON.stringify([session?.id, user?.id, remembered, reason])}
    >
      {session ? (
        <Row session={session} conversation={conversation} />
      ) : (
        <p>{reason && reason !== 'unknown' ? server.dead : server.nothing}</p>
      )}
    </Side>
  );
}

function Row({ session, conversation }: { session: Session; conversation: Conversation }) {
  const words = useWords();
  const { server } = useConversationWords();
  const { user, remembered } = conversation;
  const time = (iso: string) => <time dateTime={iso}>{words.when(iso)}</time>;
  const { browser, system } = session.device;
  return (
    <dl className="details row">
      <Fact name={server.ticket}>
        <TicketNumber sessionId={session.id} /> <span>{server.hash}</span>
      </Fact>
      <Fact name={server.whose}>{user?.username ?? server.guest}</Fact>
      <Fact name={server.remembered}>
        <code>{JSON.stringify(remembered)}</code>
      </Fact>
      <Fact name={server.since}>{time(session.createdAt)}</Fact>
      <Fact name={server.seen}>{time(session.lastSeenAt)}</Fact>
      <Fact name={server.unused}>{time(session.idleExpiresAt)}</Fact>
      <Fact name={server.atLatest}>{time(session.expiresAt)}</Fact>
      <Fact name={server.from}>
        <span>{`${words.ticket.device(browser, system) ?? words.ticket.unknownDevice}, `}</span>
        <span className="exact">{session.address}</span>
      </Fact>
    </dl>
  );
}

interface SideProps {
  which: 'browser' | 'server';
  title: string;
  /** What it is about: where it is folded away, it opens when this changes. */
  of: string | null;
  children: ReactNode;
}

/** What each side was about when it was last shown, on the way to another page and back, too. */
const lastSeen = new Map<SideProps['which'], string | null>();

/** Forgets that. */
export const forgetSides = (): void => lastSeen.clear();

/** One of the two who talk: beside the wire where there is room, else to be unfolded. */
function Side({ which, title, of, children }: SideProps) {
  const wide = useWide();
  const [open, setOpen] = useState(false);
  useEffect(() => {
    if (lastSeen.has(which) && lastSeen.get(which) !== of) setOpen(true);
    lastSeen.set(which, of);
  }, [which, of]);
  if (wide) {
    return (
      <section className="side">
        <h2>{title}</h2>
        {children}
      </section>
    );
  }
  return (
    <details className="side" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h2>{title}</h2>
      </summary>
      {children}
    </details>
  );
}

/** As in the style: where three columns stand beside each other. */
const threeColumns = window.matchMedia('(width >= 72rem)');

const useWide = () =>
  useSyncExternalStore(
    (changed) => {
      threeColumns.addEventListener('change', changed);
      return () => threeColumns.removeEventListener('change', changed);
    },
    () => threeColumns.matches,
  );
