import type { LinkVoidReason } from '@coatcheck/api-types';
import { useSyncExternalStore } from 'react';
import { useHistoryState } from 'wouter/use-browser-location';
import { linkToken } from '../browser/link-token.ts';
import type { Left } from '../browser/news.ts';
import { useWords } from '../i18n/words.ts';
import { GoingOn } from '../screens/GoingOn.tsx';
import { useApp } from '../session/current.ts';
import type { KnownVisitor } from '../session/visitor-state.ts';
import { DeviceLink } from './DeviceLink.tsx';
import { Invitation } from './Invitation.tsx';
import { LostLink, UnopenedLink, VoidLink } from './NoLink.tsx';
import { useOpenedLink } from './opened-link.ts';
import { PasswordSet } from './PasswordSet.tsx';
import { Reset } from './Reset.tsx';
import { useEnterWords } from './words.ts';

/** The props of the form of each kind of link. */
export interface LinkFormProps {
  token: string;
  /** The account that the link is for. Null: the account is yet to be made. */
  username: string | null;
  /** Until when the link is good, ISO 8601. */
  expiresAt: string;
  state: KnownVisitor;
  /** Called when the link turns out to be good for nothing. */
  onVoid: (reason: LinkVoidReason) => void;
}

/** Has `listener` called when a token may have been taken out of the URL. @returns ends that */
function onHashChange(listener: () => void) {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

const forms = { reset: Reset, device: DeviceLink, invitation: Invitation };

/** The page that a one-time link leads to. The page says what the link is good for, and waits for a press. */
export function OneTimeLink({ state }: { state: KnownVisitor }) {
  const words = useWords();
  const token = useSyncExternalStore(onHashChange, linkToken);
  const app = useApp();
  const { user } = state.conversation;
  const left = useHistoryState<Left | null>();
  if (token === undefined && user && left?.news === 'password-reset') return <PasswordSet user={user} />;
  if (user && state.hasNewTicket && app && token === undefined) {
    return <GoingOn heading={words.loggedInAs(user.displayName ?? user.username)} next={app} />;
  }
  return token === undefined ? (
    <LostLink state={state} />
  ) : (
    <Opened key={token} token={token} state={state} />
  );
}

function Opened({ token, state }: { token: string; state: KnownVisitor }) {
  const { link: words } = useEnterWords();
  const { state: link, retry, onVoid } = useOpenedLink(token);
  if (link.is === 'opening') {
    return (
      <div role="status">
        <h1 className="loading">{words.opening}</h1>
      </div>
    );
  }
  if (link.is === 'void') return <VoidLink reason={link.reason} state={state} />;
  if (link.is === 'unopened') return <UnopenedLink failure={link.failure} retry={retry} />;
  const { kind, username, expiresAt } = link.link;
  const Form = forms[kind];
  return <Form token={token} username={username} expiresAt={expiresAt} state={state} onVoid={onVoid} />;
}
