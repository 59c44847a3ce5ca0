import type { User } from '@coatcheck/api-types';
import type { ComponentType } from 'react';
import { Link } from 'wouter';
import { useLeft } from '../browser/news.ts';
import { useWords } from '../i18n/words.ts';
import { LoggedOut } from '../layout/LoggedOut.tsx';
import { Page } from '../layout/Page.tsx';
import type { KnownVisitor } from '../session/visitor-state.ts';
import { NoTicket, Ticket } from '../ticket/Ticket.tsx';
import { GoOn } from './GoOn.tsx';
import { Terminal } from './Terminal.tsx';

interface HomeProps {
  state: KnownVisitor;
  /** The offer of a passkey. Undefined: the page has not fetched it, as registrations do. */
  PasskeyOffer: ComponentType | undefined;
}

/** The start page, which says whether the server knows the visitor, and by which session. */
export function Home({ state, PasskeyOffer }: HomeProps) {
  const { user, session } = state.conversation;
  return user ? (
    // What the page before has left is about this session.
    <Owner key={session?.id} user={user} state={state} PasskeyOffer={PasskeyOffer} />
  ) : (
    <Stranger state={state} />
  );
}

function Owner({ user, state, PasskeyOffer }: HomeProps & { user: User }) {
  const words = useWords();
  const { news } = useLeft();
  const { house, session } = state.conversation;
  const { idleMs } = state;
  const name = user.displayName ?? user.username;
  return (
    <Page
      heading={news === 'registered' ? words.register.done(name) : words.loggedInAs(name)}
      beside={
        session && (
          <p>
            <span>{words.known.kept}</span>{' '}
            <time dateTime={session.expiresAt}>{words.moment(session.expiresAt)}</time>
            <span>{words.known.unlessUnused(idleMs)}</span>
          </p>
        )
      }
    >
      {session && <Ticket session={session} name={name} isNew={state.hasNewTicket} />}
      <div className="actions">
        {house.app && <GoOn />}
        <Link href="/account" className={house.app ? 'button quiet' : 'button'}>
          {words.known.account}
        </Link>
      </div>
      {news === 'registered' && PasskeyOffer && <PasskeyOffer />}
      <p>{words.known.body}</p>
      <p className="alone">
        <Link href="/conversation">{words.watch}</Link>
      </p>
    </Page>
  );
}

function Stranger({ state: { conversation, idleMs } }: { state: KnownVisitor }) {
  const { house, session, reason } = conversation;
  const words = useWords();
  const { news, ticket } = useLeft();
  if (news === 'goodbye') return <Goodbye />;
  if (news === 'logged-out' || reason === 'logged-out') return <LoggedOut ticket={ticket} />;
  const mayRegister = house.registration === 'open';
  const isCauseUnknown = reason === 'unknown' || reason === 'replaced';
  return (
    <Page
      heading={words.stranger.title}
      beside={
        session ? (
          <Ticket session={session} name={words.ticket.guest} />
        ) : (
          <NoTicket torn={reason !== null}>
            <b>{words.ticket.none(reason !== null)}</b>{' '}
            <span>{reason ? words.ticket.torn : words.ticket.stranger}</span>
          </NoTicket>
        )
      }
    >
      {reason && <p className="reason">{words.reasons[reason](idleMs)}</p>}
      <p className="lead">
        {!house.name
          ? words.stranger.lead
          : mayRegister
            ? words.stranger.toUse(house.name)
            : `${words.logIn.to(house.name)}.`}
      </p>
      <div className="actions">
        <Link href="/login" className="button">
          {words.logIn.action}
        </Link>
        {mayRegister && (
          <Link href="/register" className="button quiet">
            {words.register.action}
          </Link>
        )}
      </div>
      <p className="alone">
        {isCauseUnknown ? (
          <Link href="/why">{words.why}</Link>
        ) : (
          <Link href="/conversation">{words.watch}</Link>
        )}
      </p>
      {/* People who came to use an app have no use for the API. */}
      {mayRegister && !house.app && <Terminal />}
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
