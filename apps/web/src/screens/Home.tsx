import type { User } from '@coatcheck/api-types';
import { Link } from 'wouter';
import { useNews } from '../browser/news.ts';
import { useWords } from '../i18n/words.ts';
import { LogOut } from '../layout/LogOut.tsx';
import { Page } from '../layout/Page.tsx';
import type { KnownVisitor } from '../session/visitor-state.ts';
import { NoTicket, Ticket } from '../ticket/Ticket.tsx';

/** The start page, which says whether the server knows the visitor, and by which session. */
export function Home({ state }: { state: KnownVisitor }) {
  const { user } = state.conversation;
  return user ? <Owner user={user} state={state} /> : <Stranger state={state} />;
}

function Owner({ user, state }: { user: User; state: KnownVisitor }) {
  const words = useWords();
  const { session } = state.conversation;
  const { idleMs } = state;
  const name = user.displayName ?? user.username;
  return (
    <Page
      heading={words.loggedInAs(user.username)}
      beside={
        session && (
          <p>
            <span>{words.known.kept}</span>{' '}
            <time dateTime={session.expiresAt}>{words.moment(session.expiresAt)}</time>
            <span>{idleMs ? `, ${words.account.endsFirst(words.duration(idleMs))}.` : '.'}</span>
          </p>
        )
      }
    >
      {session && <Ticket session={session} name={name} isNew={state.hasNewTicket} />}
      <p>{words.known.body}</p>
      <div className="actions">
        <Link href="/account" className="button">
          {words.known.account}
        </Link>
        <LogOut />
      </div>
      <p>
        <Link href="/conversation">{words.watch}</Link>
      </p>
    </Page>
  );
}

function Stranger({ state: { conversation, idleMs } }: { state: KnownVisitor }) {
  const { session, reason } = conversation;
  const words = useWords();
  const news = useNews();
  if (news === 'goodbye') return <Goodbye />;
  return (
    <Page
      heading={words.stranger.title}
      beside={
        session ? <Ticket session={session} name={words.ticket.guest} /> : <NoTicket torn={reason !== null} />
      }
    >
      {reason && <p className="reason">{words.reasons[reason](idleMs)}</p>}
      <p className="lead">{words.stranger.lead}</p>
      <p>{words.stranger.body}</p>
      <div className="actions">
        <Link href="/login" className="button">
          {words.logIn.action}
        </Link>
        {reason !== 'logged-out' && (
          <Link href="/register" className="button quiet">
            {words.register.action}
          </Link>
        )}
      </div>
      <p>
        {reason === 'unknown' || reason === 'replaced' ? (
          <Link href="/why">{words.why}</Link>
        ) : (
          <Link href="/conversation">{words.watch}</Link>
        )}
      </p>
    </Page>
  );
}

/** The start page right after an account was removed. */
function Goodbye() {
  const { leave } = useWords();
  return (
    <Page heading={leave.goodbye} beside={<NoTicket torn />}>
      <p className="lead">{leave.gone}</p>
    </Page>
  );
}
