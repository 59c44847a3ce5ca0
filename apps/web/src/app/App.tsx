import { useEffect, useRef } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import { useLazyPart } from '../browser/lazy-part.ts';
import { leadingTo } from '../browser/next.ts';
import { isAccountPath, paths } from '../browser/pages.ts';
import { StaleNotice } from '../layout/StaleNotice.tsx';
import { Home } from '../screens/Home.tsx';
import { Loading } from '../screens/Loading.tsx';
import { LogIn } from '../screens/LogIn.tsx';
import { MissingPart } from '../screens/MissingPart.tsx';
import { NotFound } from '../screens/NotFound.tsx';
import { Register } from '../screens/Register.tsx';
import { Unreachable } from '../screens/Unreachable.tsx';
import { session, useStanding } from '../session/current.ts';
import type { Known, Standing } from '../session/session.ts';
import { Rail } from '../ticket/Rail.tsx';
import { ExpiryNotice } from './ExpiryNotice.tsx';
import { Footer } from './Footer.tsx';
import { Header } from './Header.tsx';
import * as parts from './parts.ts';

/**
 * The whole page: the header, the rail, the screen of this address, and the footer. An element whose place changes is made
 * anew (`key`), so that it appears where it belongs instead of jumping there.
 */
export function App() {
  const standing = useStanding();
  const [path] = useLocation();
  useArrival(path, standing);
  const user = standing.is === 'known' ? standing.conversation.user : null;
  // Fetched before it is asked for, so that going there shows it at once.
  const account = useLazyPart(parts.account, user ? (isAccountPath(path) ? 'needed' : 'ahead') : undefined);
  const talk = useLazyPart(parts.conversation, path === '/conversation' ? 'needed' : undefined);
  const missing = account.isMissing || talk.isMissing;
  const waiting =
    standing.is === 'asking' ||
    (user !== null && isAccountPath(path) && !account.part) ||
    (path === '/conversation' && !talk.part);
  return (
    <>
      <Header standing={standing} />
      <div className="room">
        <Rail standing={standing} />
        <main key={standing.is} id="content" tabIndex={-1}>
          {missing ? (
            <MissingPart />
          ) : waiting ? (
            <Loading />
          ) : standing.is === 'unknown' ? (
            <Unreachable
              refusal={standing.refusal}
              ask={session.ask}
              below={path === '/conversation' && talk.part && <talk.part.WhyNot />}
            />
          ) : (
            <Screen standing={standing} />
          )}
        </main>
      </div>
      {!(waiting && !missing) && <Footer key={`${path} ${user?.id}`} />}
    </>
  );
}

/** Asks the server who is logged in at each move to another page, so that a session ended elsewhere ends here at the next click. */
function useArrival(path: string, standing: Standing) {
  const last = useRef({ path, standing });
  useEffect(() => {
    const { path: before, standing: known } = last.current;
    last.current = { path, standing };
    // After a login or a logout the server has just said it.
    if (path !== before && standing === known && standing.is === 'known') session.ask();
  }, [path, standing]);
}

const accountPattern = new RegExp(`^(?:${paths.filter(isAccountPath).join('|')})$`);

/** The screen of this address, when all that it needs is there. */
function Screen({ standing }: { standing: Known }) {
  const Account = parts.account.now();
  const talk = parts.conversation.now();
  const [path] = useLocation();
  const { user } = standing.conversation;
  return (
    <>
      {standing.stale && <StaleNotice refusal={standing.stale} ask={session.ask} />}
      <ExpiryNotice standing={standing} />
      <Switch>
        <Route path="/">
          <Home standing={standing} />
        </Route>
        <Route path="/login">
          <LogIn standing={standing} />
        </Route>
        <Route path="/register">
          <Register standing={standing} />
        </Route>
        <Route path="/conversation">{talk && <talk.Conversation standing={standing} />}</Route>
        <Route path={accountPattern}>
          {user && Account && isAccountPath(path) ? (
            <Account path={path} user={user} conversation={standing.conversation} />
          ) : standing.lastUsername !== undefined ? (
            // The session ran out under somebody's eyes: they log in again right here, and go on.
            <LogIn standing={standing} next={path} />
          ) : (
            <Redirect to={leadingTo('/login', path)} replace />
          )}
        </Route>
        <Route>
          <NotFound />
        </Route>
      </Switch>
    </>
  );
}
