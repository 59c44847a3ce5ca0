import { useState } from 'react';
import { Link } from 'wouter';
import { isPage, leadingTo, useNext } from '../browser/next.ts';
import { ActionButton } from '../form/ActionButton.tsx';
import { useWords } from '../i18n/words.ts';
import { Back } from '../layout/Back.tsx';
import { LoggedOut } from '../layout/LoggedOut.tsx';
import { Page } from '../layout/Page.tsx';
import { useApp, visitor } from '../session/current.ts';
import { type KnownVisitor, sessionOf } from '../session/visitor-state.ts';
import { printOf } from '../ticket/number.ts';
import { useAccountWords } from './words.ts';

/** The page that an app links to for a logout. A visit asks; only the button logs out. */
export function ConfirmLogOut({ state }: { state: KnownVisitor }) {
  const { house, reason, user } = state.conversation;
  const words = useWords();
  const { confirmLogOut } = useAccountWords();
  const asked = useNext(house.leadsTo);
  // A page of this SPA is no place that a visitor without an account would go back to.
  const next = asked && !isPage(asked) ? asked : undefined;
  const app = useApp();
  const session = sessionOf(state);
  const [ticket, setTicket] = useState<string>();

  if (user) {
    return (
      <Page heading={confirmLogOut.title(house.name)}>
        <p>{words.loggedInAs(user.displayName ?? user.username)}.</p>
        <div className="actions">
          <ActionButton
            loud
            send={(signal) =>
              visitor.logOut({
                signal,
                onSuccess: () => setTicket(session ? printOf(session.id).number : undefined),
              })
            }
            action={words.logOut.action}
            doing={words.logOut.doing}
          />
          {(next ?? app) ? (
            <Back next={next} className="button quiet" />
          ) : (
            <Link href="/" className="button quiet">
              {words.home}
            </Link>
          )}
        </div>
      </Page>
    );
  }
  if (reason === 'logged-out') return <LoggedOut ticket={ticket} next={next} />;
  return (
    <Page heading={words.stranger.title}>
      {reason && <p className="reason">{words.reasons[reason](state.idleMs)}</p>}
      <div className="actions">
        <Back next={next} className="button" />
        <Link href={leadingTo('/login', next?.href)} className={(next ?? app) ? 'button quiet' : 'button'}>
          {words.logIn.action}
        </Link>
      </div>
    </Page>
  );
}
