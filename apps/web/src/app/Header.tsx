import type { Conversation, House } from '@coatcheck/api-types';
import { useEffect, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { leadingTo, useNext } from '../browser/next.ts';
import { useWords } from '../i18n/words.ts';
import { Back } from '../layout/Back.tsx';
import { LogOut } from '../layout/LogOut.tsx';
import { baseUrl, useHouse } from '../session/current.ts';
import { nameOf } from '../session/house.ts';
import type { VisitorState } from '../session/visitor-state.ts';
import { printOf } from '../ticket/number.ts';

/** The header of every page: whose door this is, and the user's ticket and the way out, or the links to get a ticket. */
export function Header({ state }: { state: VisitorState }) {
  const words = useWords();
  const house = useHouse();
  return (
    <header className="header">
      <a className="skip" href="#content">
        {words.skip}
      </a>
      <Link href="/" className="mark">
        {house?.logo ? <Logo logo={house.logo} /> : <Hanger />}
        <bdi>{nameOf(house)}</bdi>
      </Link>
      <nav aria-label={words.places}>
        {state.is === 'known' && <Places conversation={state.conversation} />}
      </nav>
    </header>
  );
}

// index.html has the same picture.
function Hanger() {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d="M3 19 12 12l9 7zM12 12V9.5c0-1.5 2.5-1.7 2.5-4A2.5 2.5 0 0 0 9.5 5.2" />
    </svg>
  );
}

/** The logo of the house, which is also the icon of the browser's tab. The name shows with it, so that it is never pushed. */
function Logo({ logo }: { logo: NonNullable<House['logo']> }) {
  const src = baseUrl + logo;
  const [isHere, setIsHere] = useState(() =>
    Boolean(document.querySelector<HTMLImageElement>('.mark img')?.complete),
  );
  useEffect(() => {
    for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel$=icon]')) {
      link.removeAttribute('type');
      link.href = src;
    }
  }, [src]);
  const show = () => setIsHere(true);
  return <img src={src} alt="" className={isHere ? undefined : 'awaited'} onLoad={show} onError={show} />;
}

function Places({ conversation: { house, user, session, reason } }: { conversation: Conversation }) {
  const words = useWords();
  const [path] = useLocation();
  const next = useNext(house.leadsTo)?.href;
  const here = (page: string) => (path === page ? 'page' : undefined);

  if (!user) {
    // The links would come under a pointer that has just pressed "Log out".
    if (reason === 'logged-out' && (path === '/' || path === '/goodbye')) return null;
    return (
      <>
        <Back className="back" />
        <Link href={leadingTo('/login', next)} aria-current={here('/login')}>
          {words.logIn.action}
        </Link>
        {house.registration === 'open' && (
          <Link href={leadingTo('/register', next)} className="wide" aria-current={here('/register')}>
            {words.register.action}
          </Link>
        )}
      </>
    );
  }
  const print = session && printOf(session.id);
  return (
    <>
      <Back className="back" />
      <Link href="/account" className="stub" data-stock={print?.stock} aria-current={here('/account')}>
        <span className="unseen">{words.account.title}: </span>
        {print && <span className="stub-number">{print.number}</span>}
        <span className="stub-name">
          <bdi>{user.displayName ?? user.username}</bdi>
        </span>
      </Link>
      <LogOut />
    </>
  );
}
