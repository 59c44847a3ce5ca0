import { useEffect, useRef } from 'react';
import { Redirect, useLocation } from 'wouter';
import { useLazyPart } from '../browser/lazy-part.ts';
import { leadingTo, placeOf } from '../browser/next.ts';
import { isAccountPath, isEnterPath } from '../browser/pages.ts';
import { StaleNotice } from '../layout/StaleNotice.tsx';
import { Home } from '../screens/Home.tsx';
import { Loading } from '../screens/Loading.tsx';
import { LogIn } from '../screens/LogIn.tsx';
import { MissingPart } from '../screens/MissingPart.tsx';
import { NotFound } from '../screens/NotFound.tsx';
import { Unreachable } from '../screens/Unreachable.tsx';
import { useVisitor, visitor } from '../session/current.ts';
import { type KnownVisitor, sessionOf, type VisitorState } from '../session/visitor-state.ts';
import { Rail } from '../ticket/Rail.tsx';
import { Footer } from './Footer.tsx';
import { Header } from './Header.tsx';
import * as parts from './parts.ts';

/**
 * The whole page: the header, the rail, the screen of this URL, and the footer. React makes an element anew whose place
 * changes (`key`), so that the element appears where it belongs instead of jumping there.
 */
export function App() {
  const state = useVisitor();
  const [path] = useLocation();
  useArrival(path, state);
  const user = state.is === 'known' ? state.conversation.user : null;
  // The page of a visitor with a session fetches the account ahead, so that going there shows it at once.
  const needsAccount = path === '/goodbye' || (user !== null && isAccountPath(path));
  const account = useLazyPart(
    parts.account,
    needsAccount ? 'needed' : sessionOf(state) ? 'ahead' : undefined,
  );
  const needsEnter = isEnterPath(path);
  const isAtLogIn = state.is === 'known' && !user && (path === '/login' || isAccountPath(path));
  const enter = useLazyPart(parts.enter, needsEnter ? 'needed' : isAtLogIn ? 'ahead' : undefined);
  const needsTalk = path === '/conversation' || path === '/why';
  const talk = useLazyPart(parts.conversation, needsTalk ? 'needed' : undefined);
  const missing = account.isMissing || enter.isMissing || talk.isMissing;
  const waiting =
    state.is === 'asking' ||
    (needsAccount && !account.part) ||
    (needsEnter && !enter.part) ||
    (needsTalk && !talk.part);
  return (
    <>
      <Header state={state} />
      <div className={path === '/' ? 'room home' : 'room'}>
        <Rail state={state} />
        <main key={state.is} id="content" tabIndex={-1}>
          {missing ? (
            <MissingPart />
          ) : waiting ? (
            <Loading />
          ) : state.is === 'known' ? (
            <Screen state={state} />
          ) : path === '/why' && talk.part ? (
            <talk.part.Why />
          ) : (
            <Unreachable failure={state.failure} retry={visitor.refresh} />
          )}
        </main>
      </div>
      {!(waiting && !missing) && <Footer key={`${path} ${user?.id}`} />}
      {state.is === 'known' && account.part && <account.part.ExpiryNotice state={state} />}
    </>
  );
}

/** Asks the server who is logged in at each move to another page, so that a session ended elsewhere ends here at the next click. */
function useArrival(path: string, state: VisitorState) {
  const last = useRef({ path, state });
  useEffect(() => {
    const { path: before, state: known } = last.current;
    last.current = { path, state };
    // After a login or a logout the server has just told who the visitor is.
    if (path !== before && state === known && state.is === 'known') visitor.refresh();
  }, [path, state]);
}

/** What shows above the screen, and the screen. Every part that the screen needs has been fetched. */
function Screen({ state }: { state: KnownVisitor }) {
  return (
    <>
      {state.stale && <StaleNotice failure={state.stale} retry={visitor.refresh} />}
      <ScreenOf state={state} />
    </>
  );
}

/** The screen of this URL. */
function ScreenOf({ state }: { state: KnownVisitor }) {
  const account = parts.account.now();
  const enter = parts.enter.now();
  const talk = parts.conversation.now();
  const [path] = useLocation();
  const { user } = state.conversation;
  if (path === '/') return <Home state={state} PasskeyOffer={enter?.PasskeyOffer} />;
  if (path === '/login') return <LogIn state={state} PasskeyLogIn={enter?.PasskeyLogIn} />;
  if (isEnterPath(path)) return enter && <enter.Enter path={path} state={state} />;
  if (path === '/goodbye') return account && <account.ConfirmLogOut state={state} />;
  if (path === '/conversation') return talk && <talk.Conversation state={state} />;
  if (path === '/why') return talk && <talk.Why />;
  if (!isAccountPath(path)) return <NotFound />;
  if (user && account) {
    return <account.Account path={path} user={user} conversation={state.conversation} />;
  }
  // The session ran out while the page showed: the person logs in again right here, and goes on.
  if (state.lastUsername !== undefined) {
    return <LogIn state={state} next={placeOf(path)} PasskeyLogIn={enter?.PasskeyLogIn} />;
  }
  return <Redirect to={leadingTo('/login', placeOf(path).href)} replace />;
}
