import type { User } from '@coatcheck/api-types';
import { Link } from 'wouter';
import { useNews } from '../browser/news.ts';
import { useWords } from '../i18n/words.ts';
import { LogOut } from '../layout/LogOut.tsx';
import { Page } from '../layout/Page.tsx';
import type { Known } from '../session/session.ts';
import { NoTicket, Ticket } from '../ticket/Ticket.tsx';

/** Who am I here? The one question that HTTP alone cannot answer. */
export function Home({ standing }: { standing: Known }) {
  const { user } = standing.conversation;
  return user ? <Owner user={user} standing={standing} /> : <Stranger standing={standing} />;
}

function Owner({ user, standing }: { user: User; standing: Known }) {
  const words = useWords();
  const { session } = standing.conversation;
  const { idle } = standing;
  const name = user.displayName ?? user.username;
  return (
    <Page
      heading={words.loggedInAs(user.username)}
      beside={
        session && (
          <p>
            <span>{words.known.kept}</span>{' '}
            <time dateTime={session.expiresAt}>{words.moment(session.expiresAt)}</time>
            <span>{idle ? `, ${words.account.endsFirst(words.duration(idle))}.` : '.'}</span>
          </p>
        )
      }
    >
      {session && <Ticket session={session} name={name} fresh={standing.fresh} />}
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

function Stranger({ standing: { conversation, idle } }: { standing: Known }) {
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
      {reason && <p className="reason">{words.reasons[reason](idle)}</p>}
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
        {reason && reason !== 'logged-out' ? (
          <Link href="/conversation#why">{words.why}</Link>
        ) : (
          <Link href="/conversation">{words.watch}</Link>
        )}
      </p>
    </Page>
  );
}

/** To who has just left for good. */
function Goodbye() {
  const { leave } = useWords();
  return (
    <Page heading={leave.goodbye} beside={<NoTicket torn />}>
      <p className="lead">{leave.gone}</p>
    </Page>
  );
}
