import type { CookieFacts, Session, User } from '@coatcheck/api-types';
import type { ReactNode } from 'react';
import { LogOut } from '../LogOut.tsx';
import { Page } from '../Page.tsx';
import { Ticket } from '../ticket/Ticket.tsx';
import { useWords } from '../words/words.ts';

interface AccountProps {
  user: User;
  session: Session | null;
  cookie: CookieFacts;
}

/** Who I am to the server, since when, and what it notes about this session. */
export function Account({ user, session, cookie }: AccountProps) {
  const words = useWords();
  const { account } = words;
  return (
    <Page heading={account.title} beside={session && <p>{account.explained}</p>}>
      <dl className="facts">
        <Fact name={account.username}>{user.username}</Fact>
        {user.displayName && <Fact name={account.name}>{user.displayName}</Fact>}
        <Fact name={account.email}>{user.email ?? <span className="nothing">{account.noEmail}</span>}</Fact>
        <Fact name={account.since}>
          <time dateTime={user.createdAt}>{words.day(user.createdAt)}</time>
        </Fact>
      </dl>
      {session && (
        <section aria-labelledby="this-session">
          <h2 id="this-session">{account.session}</h2>
          <Ticket session={session} name={user.displayName ?? user.username} />
          <SessionFacts session={session} cookie={cookie} />
        </section>
      )}
      <div className="actions">
        <LogOut />
      </div>
    </Page>
  );
}

function SessionFacts({ session, cookie }: { session: Session; cookie: CookieFacts }) {
  const words = useWords();
  const { account, ticket } = words;
  const time = (iso: string) => <time dateTime={iso}>{words.moment(iso)}</time>;
  const idle = Date.parse(session.idleExpiresAt) - Date.parse(session.lastSeenAt);
  return (
    <dl className="facts">
      <Fact name={account.device}>
        {ticket.device(session.device.browser, session.device.system) ?? ticket.unknownDevice}
      </Fact>
      <Fact name={account.address}>
        <span className="exact">{session.address}</span>
      </Fact>
      <Fact name={account.started}>{time(session.createdAt)}</Fact>
      <Fact name={account.seen}>{time(session.lastSeenAt)}</Fact>
      <Fact name={account.ends}>
        {time(session.expiresAt)}, {account.endsFirst(words.duration(idle))}
      </Fact>
      <Fact name={account.cookie}>
        <span className="exact">{cookie.name}</span>,{' '}
        {session.remember ? account.remembered : account.forgotten}
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
