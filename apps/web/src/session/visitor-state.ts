import type { Conversation } from '@coatcheck/api-types';
import type { Refusal } from './failure.ts';
import type { TabMessage } from './tabs.ts';

/** What this page knows about its visitor: whose session its cookie stands for. */
export type VisitorState =
  /** Nothing yet: nobody's name may show. */
  | { is: 'asking' }
  /** The first question got no answer. */
  | { is: 'unknown'; refusal: Refusal }
  | KnownVisitor;

/** A visitor about whom the server has answered. */
export interface KnownVisitor {
  is: 'known';
  conversation: Conversation;
  /** Whether this page has just been given the session's ticket. */
  fresh: boolean;
  /** How long the last session of this page could stay unused, milliseconds. */
  idle: number | undefined;
  /** Whose session ran out here, to fill the name in when they log in again. */
  lastUsername: string | undefined;
  /** By how much the server's clock is ahead of this browser's, milliseconds. */
  ahead: number;
  /** The server answered once, and not the last time: what shows may be old. */
  stale: Refusal | undefined;
}

/**
 * The state that follows from what the server tells.
 * @param state the state until now
 * @param fresh whether this page has just been given the session's ticket
 */
export function knownFrom(conversation: Conversation, state: VisitorState, fresh: boolean): KnownVisitor {
  const { session } = conversation;
  const before = state.is === 'known' ? state : undefined;
  return {
    is: 'known',
    conversation,
    fresh,
    idle: session ? Date.parse(session.idleExpiresAt) - Date.parse(session.lastSeenAt) : before?.idle,
    lastUsername: lastUsername(conversation, before),
    ahead: Date.parse(conversation.now) - Date.now(),
    stale: undefined,
  };
}

/** What the server would tell now, if the visitor's session has ended for this reason. */
export function endedFor(
  reason: 'logged-out' | 'expired-idle' | 'expired-absolute',
  { conversation, ahead }: KnownVisitor,
): Conversation {
  return {
    ...conversation,
    user: null,
    session: null,
    remembered: {},
    reason,
    cookie: { ...conversation.cookie, sent: reason !== 'logged-out' },
    now: new Date(Date.now() + ahead).toISOString(),
  };
}

/** The state after another tab used the session, which then ends later here, too. The same state if that is no news. */
export function renewed(state: VisitorState, message: Exclude<TabMessage, 'changed'>): VisitorState {
  const { idleExpiresAt } = message;
  const session = sessionOf(state);
  if (state.is !== 'known' || session?.id !== message.renewed) return state;
  if (session.idleExpiresAt >= idleExpiresAt) return state;
  return { ...state, conversation: { ...state.conversation, session: { ...session, idleExpiresAt } } };
}

/** The visitor's session, as far as it is known. */
export const sessionOf = (state: VisitorState) => (state.is === 'known' ? state.conversation.session : null);

/**
 * The username to fill in at the next login. A visitor whose session ran out goes on with it by logging in. After a logout,
 * or when a session was ended from elsewhere, somebody else may sit at this browser, and no name stays.
 */
function lastUsername({ user, reason }: Conversation, before: KnownVisitor | undefined): string | undefined {
  if (user) return user.username;
  // A logout in another tab took the cookie along.
  const loggedOutElsewhere = reason === null && before?.conversation.user;
  if (loggedOutElsewhere || reason === 'logged-out' || reason === 'revoked') return undefined;
  return before?.lastUsername;
}
