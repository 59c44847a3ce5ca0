import { Redirect, Route, Switch, useLocation } from 'wouter';
import { Ending } from './Ending.tsx';
import { Foot } from './Foot.tsx';
import { leadingTo } from './next.ts';
import { Stale } from './Stale.tsx';
import { Strip } from './Strip.tsx';
import { Account } from './screens/Account.tsx';
import { Home } from './screens/Home.tsx';
import { Loading } from './screens/Loading.tsx';
import { LogIn } from './screens/LogIn.tsx';
import { NotFound } from './screens/NotFound.tsx';
import { Register } from './screens/Register.tsx';
import { Unreachable } from './screens/Unreachable.tsx';
import { useStanding } from './session/current.ts';
import type { Standing } from './session/session.ts';
import { Rail } from './ticket/Rail.tsx';

/**
 * The whole page: the strip, what is known, the screen of this address, and the foot. What stands elsewhere than before
 * is made anew (`key`), so that it appears where it belongs instead of jumping there.
 */
export function App() {
  const standing = useStanding();
  const [path] = useLocation();
  return (
    <>
      <Strip standing={standing} />
      <div className="room">
        <Rail standing={standing} />
        <main key={standing.is} id="content" tabIndex={-1}>
          <Screen standing={standing} />
        </main>
      </div>
      {standing.is !== 'asking' && <Foot key={`${path} ${userOf(standing)}`} />}
    </>
  );
}

const userOf = (standing: Standing) => standing.is === 'known' && standing.conversation.user?.id;

function Screen({ standing }: { standing: Standing }) {
  if (standing.is === 'asking') return <Loading />;
  if (standing.is === 'unknown') return <Unreachable refusal={standing.refusal} />;

  const { user, session } = standing.conversation;
  const wasHere = standing.lastUsername !== undefined && standing.conversation.reason !== 'logged-out';
  return (
    <>
      {standing.stale && <Stale refusal={standing.stale} />}
      <Ending standing={standing} />
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
        <Route path="/account">
          {user ? (
            <Account user={user} session={session} cookie={standing.conversation.cookie} />
          ) : wasHere ? (
            // The session ended under somebody's eyes: they log in again right here, and go on.
            <LogIn standing={standing} next="/account" />
          ) : (
            <Redirect to={leadingTo('/login', '/account')} replace />
          )}
        </Route>
        <Route>
          <NotFound />
        </Route>
      </Switch>
    </>
  );
}
