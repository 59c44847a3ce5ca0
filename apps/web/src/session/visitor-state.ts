import type { Conversation, Session } from '@coatcheck/api-types';
import type { TimedFailure } from './failure.ts';
import type { TabMessage } from './tabs.ts';

/** The state of what this page knows about its visitor: whose session its cookie stands for. */
export type VisitorState =
  /** The server has not responded yet, so no screen shows a name. */
  | { is: 'asking' }
  /** The first call failed. */
  | { is: 'unknown'; failure: TimedFailure }
  | KnownVisitor;

/** A visitor about whom the server has told. */
export interface KnownVisitor {
  is: 'known';
  conversation: Conversation;
  /** Whether this page has just been given the session's ticket. */
  hasNewTicket: boolean;
  /** Milliseconds that the last session of this page could stay unused. Undefined before the first session. */
  idleMs: number | undefined;
  /** The username of the session that ran out here, which the login form fills in. */
  lastUsername: string | undefined;
  /** Milliseconds by which the server's clock is ahead of this browser's. */
  clockAheadMs: number;
  /** Why the last call failed. The conversation comes from an earlier call and may be old. */
  stale: TimedFailure | undefined;
}

/**
 * The state that follows from what the server tells.
 * @param state the state until now
 * @param hasNewTicket whether this page has just been given the session's ticket
 */
export function toldState(
  conversation: Conversation,
  state: VisitorState,
  hasNewTicket: boolean,
): KnownVisitor {
  const { session } = conversation;
  const before = state.is === 'known' ? state : undefined;
  return {
    is: 'known',
    conversation,
    hasNewTicket,
    idleMs: session ? Date.parse(session.idleExpiresAt) - Date.parse(session.lastSeenAt) : before?.idleMs,
    lastUsername: lastUsername(conversation, before),
    clockAheadMs: Date.parse(conversation.now) - Date.now(),
    stale: undefined,
  };
}

/** The conversation that the server would tell now if the visitor's session has ended for this reason. */
export function endedConversation(
  reason: 'logged-out' | 'expired-idle' | 'expired-absolute',
  { conversation, clockAheadMs }: KnownVisitor,
): Conversation {
  return {
    ...conversation,
    user: null,
    session: null,
    remembered: {},
    reason,
    cookie: { ...conversation.cookie, sent: reason !== 'logged-out' },
    now: new Date(Date.now() + clockAheadMs).toISOString(),
  };
}

/** The state after another tab used the session, which ends later now. The same object if the message changes nothing. */
export function renewedState(state: VisitorState, message: Exclude<TabMessage, 'changed'>): VisitorState {
  const { idleExpiresAt } = message;
  const session = sessionOf(state);
  if (state.is !== 'known' || session?.id !== message.renewed) return state;
  if (session.idleExpiresAt >= idleExpiresAt) return state;
  return { ...state, conversation: { ...state.conversation, session: { ...session, idleExpiresAt } } };
}

/** The visitor's session. Null: the visitor has none, or the page does not know yet. */
export const sessionOf = (state: VisitorState): Session | null =>
  state.is === 'known' ? state.conversation.session : null;

/**
 * The username for the login form. A visitor whose session ran out logs in again to go on. After a logout, or when a session
 * was ended from elsewhere, somebody else may sit at this browser, and the page forgets the name.
 */
function lastUsername({ user, reason }: Conversation, before: KnownVisitor | undefined): string | undefined {
  if (user) return user.username;
  // A logout in another tab took the cookie along, and without a cookie the server tells no reason.
  const isLoggedOutElsewhere = reason === null && before?.conversation.user;
  if (isLoggedOutElsewhere || reason === 'logged-out' || reason === 'revoked') return undefined;
  return before?.lastUsername;
}
