import type {
  Client,
  Conversation,
  Credentials,
  PasswordProof,
  Problem,
  Registration,
  Remembered,
  Result,
  User,
} from '@coatcheck/api-types';
import { attempt, type Failure, isUnheard, type Refusal, refusal, waitAfter } from './failure.ts';

/** What this page knows about its visitor: whose session its cookie stands for. */
export type VisitorState =
  /** Not yet anything: nobody's name may show. */
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

/** What a login, a registration or a logout is given besides what was typed. */
interface Act {
  signal: AbortSignal;
  /** Called in the same tick as the new state, so that no screen shows in between. */
  onward: () => void;
}

/**
 * All that the page knows from the server, in one place: `GET /session` at the start, the answers of the calls
 * that change it from then on.
 */
export function createVisitor(client: Client) {
  let state: VisitorState = { is: 'asking' };
  // An answer counts only while nothing newer was asked or done: a slow one never brings an old state back.
  let turn = 0;
  let unanswered = 0;
  let askingAgain: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();
  let tell: (news: News) => void = () => {};

  function stand(next: VisitorState) {
    state = next;
    for (const listener of listeners) listener();
  }

  function know(conversation: Conversation, fresh = false) {
    const { session } = conversation;
    const before = state.is === 'known' ? state : undefined;
    unanswered = 0;
    stand({
      is: 'known',
      conversation,
      fresh,
      idle: session ? Date.parse(session.idleExpiresAt) - Date.parse(session.lastSeenAt) : before?.idle,
      lastUsername: usernameKept(conversation, before),
      ahead: Date.parse(conversation.now) - Date.now(),
      stale: undefined,
    });
    if (session) tell({ renewed: session.id, idleExpiresAt: session.idleExpiresAt });
  }

  /** Begins something whose answer is newer than whatever is still awaited. */
  function next() {
    clearTimeout(askingAgain);
    turn += 1;
    return turn;
  }

  async function ask() {
    const mine = next();
    let answer = await attempt(client.GET('/session'));
    // Another tab may hold the newer ticket by now: one ticket that took another's place is asked for once more.
    if (mine === turn && answer.ok && answer.data.reason === 'replaced') {
      answer = await attempt(client.GET('/session'));
    }
    if (mine !== turn) return;
    if (answer.ok) return know(answer.data);

    const refused = refusal(answer.problem);
    if (state.is === 'known') stand({ ...state, stale: refused });
    else stand({ is: 'unknown', refusal: refused });
    askingAgain = setTimeout(ask, waitAfter(unanswered, refused));
    unanswered += 1;
  }

  async function enter(
    call: Promise<Result<User>>,
    username: string,
    act: Act,
  ): Promise<Failure | undefined> {
    next();
    const answer = await attempt(call);
    next();
    // What went unheard may have been a yes.
    if (!answer.ok && !isUnheard(answer.problem)) return answer.problem;

    // The session's own facts come from the server, and so does the proof that the cookie was kept.
    const asked = await attempt(client.GET('/session', { signal: act.signal }));
    const user = asked.ok ? asked.data.user : null;
    if (!answer.ok && user?.username !== username.toLowerCase()) return answer.problem;
    if (asked.ok && !user) return { type: 'cookie-not-kept' };
    if (asked.ok) know(asked.data, true);
    else stand({ is: 'unknown', refusal: refusal(asked.problem) });
    act.onward();
    tell('changed');
    if (!asked.ok) ask();
    return undefined;
  }

  /** Nobody is logged in here any more, and the server need not be asked to know that. */
  function leave(reason: 'logged-out' | 'expired-idle' | 'expired-absolute') {
    if (state.is !== 'known') return;
    const { conversation } = state;
    const cookie = { ...conversation.cookie, sent: reason !== 'logged-out' };
    know({
      ...conversation,
      user: null,
      session: null,
      remembered: {},
      reason,
      cookie,
      now: new Date(Date.now() + state.ahead).toISOString(),
    });
  }

  /** Awaits a call of somebody logged in. When they are not any more, the whole page learns why. */
  async function send<R extends { ok: true } | { ok: false; problem: Problem }>(call: Promise<R>) {
    const answer = await attempt(call);
    if (!answer.ok && answer.problem.type === '/problems/not-logged-in') ask();
    return answer;
  }

  /** Ends the stay with a call. Gives what went wrong, or undefined. */
  async function depart(call: Promise<Result<undefined>>, { signal, onward }: Act) {
    next();
    const answer = await attempt(call);
    next();
    if (!answer.ok) {
      // It may have been done all the same.
      if (!isUnheard(answer.problem)) return answer.problem;
      const asked = await attempt(client.GET('/session', { signal }));
      if (!asked.ok || asked.data.user) return answer.problem;
    }
    leave('logged-out');
    onward();
    tell('changed');
    return undefined;
  }

  return {
    now: () => state,

    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },

    /** Asks again who the visitor is. */
    ask,

    /** Asks for the first time, and again whenever another tab or time may have changed the answer. */
    start() {
      const others = new BroadcastChannel('coatcheck');
      tell = (news) => others.postMessage(news);
      others.onmessage = ({ data }: MessageEvent<News>) => {
        if (data === 'changed') ask();
        else hear(data);
      };
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible') ask();
      });
      // Back may show a page as it was kept, with an account that has been left.
      window.addEventListener('pageshow', (event) => {
        if (event.persisted) ask();
      });
      window.addEventListener('online', ask);
      ask();
    },

    /** Makes an account and logs in. Gives what went wrong, or undefined. */
    register: (registration: Registration, act: Act) =>
      enter(client.POST('/register', { body: registration, signal: act.signal }), registration.username, act),

    /** Logs in. Gives what went wrong, or undefined. */
    logIn: (credentials: Credentials, act: Act) =>
      enter(client.POST('/login', { body: credentials, signal: act.signal }), credentials.username, act),

    /** Ends this session. Gives what went wrong, or undefined. */
    logOut: (act: Act) => depart(client.POST('/logout', { signal: act.signal }), act),

    /** Has something remembered: a merge patch. Gives what went wrong, or undefined. */
    async remember(patch: Remembered, { signal, onward }: Act) {
      const mine = next();
      const answer = await attempt(client.PATCH('/session', { body: patch, signal }));
      if (!answer.ok) {
        // It may have been done all the same.
        if (isUnheard(answer.problem)) ask();
        return answer.problem;
      }
      if (mine === turn) know(answer.data, answer.data.session?.id !== idOf(state));
      onward();
      tell('changed');
      return undefined;
    },

    /** Removes the account. Gives what went wrong, or undefined. */
    remove: (proof: PasswordProof, act: Act) =>
      depart(client.DELETE('/me', { body: proof, signal: act.signal }), act),

    send,

    /** Changes by a call what `GET /session` tells. Gives what went wrong, or undefined. */
    async change(call: Promise<Result<unknown>>, onward: () => void): Promise<Failure | undefined> {
      const answer = await send(call);
      if (!answer.ok) {
        // It may have been done all the same.
        if (isUnheard(answer.problem)) ask();
        return answer.problem;
      }
      await ask();
      onward();
      tell('changed');
      return undefined;
    },

    /** Notes that the session has reached a limit, by the server's clock. Asking instead could have renewed it. */
    expire() {
      const { session } = state.is === 'known' ? state.conversation : { session: null };
      if (session) leave(session.idleExpiresAt < session.expiresAt ? 'expired-idle' : 'expired-absolute');
    },
  };

  /** Another tab of this browser used the session: it lasts longer here, too. */
  function hear({ renewed, idleExpiresAt }: Exclude<News, 'changed'>) {
    if (state.is !== 'known') return;
    const { conversation } = state;
    const { session } = conversation;
    if (session?.id !== renewed || session.idleExpiresAt >= idleExpiresAt) return;
    stand({ ...state, conversation: { ...conversation, session: { ...session, idleExpiresAt } } });
  }
}

/**
 * Whom to expect again. A session that ran out is gone on with by logging in; after a logout, or when it was ended from
 * elsewhere, this may be a browser that somebody left, and nobody's name stays.
 */
function usernameKept({ user, reason }: Conversation, before: KnownVisitor | undefined): string | undefined {
  if (user) return user.username;
  // The cookie of somebody who was there went with a logout in another tab.
  const leftElsewhere = reason === null && before?.conversation.user;
  if (leftElsewhere || reason === 'logged-out' || reason === 'revoked') return undefined;
  return before?.lastUsername;
}

const idOf = (state: VisitorState) => (state.is === 'known' ? state.conversation.session?.id : undefined);

/** What tabs tell each other: that somebody logged in or out, or how long a session lasts by now. */
type News = 'changed' | { renewed: string; idleExpiresAt: string };
