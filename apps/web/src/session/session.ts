import type { Client, Conversation, Credentials, Registration, Result, User } from '@coatcheck/api-types';
import { attempt, type Failure, type Refusal, refusal } from './failure.ts';

/** What this page knows about who holds its cookie. */
export type Standing =
  /** Not yet anything: nobody's name may show. */
  | { is: 'asking' }
  /** The first question got no answer. */
  | { is: 'unknown'; refusal: Refusal }
  | Known;

/** The server has said who holds the cookie. */
export interface Known {
  is: 'known';
  conversation: Conversation;
  /** Whether this page has just been given the session's ticket. */
  fresh: boolean;
  /** How long the last session of this page could stay unused, milliseconds. */
  idle: number | undefined;
  /** The server answered once, and not the last time: what shows may be old. */
  stale: Refusal | undefined;
}

/** What a login, a registration or a logout is given besides what was typed. */
interface Act {
  signal: AbortSignal;
  /** Called in the same tick as the new standing, so that no screen shows in between. */
  onward: () => void;
}

/**
 * All that the page knows from the server, in one place: `GET /session` at the start, the answers of the calls
 * that change it from then on.
 */
export function openSession(client: Client) {
  let standing: Standing = { is: 'asking' };
  // An answer counts only while nothing newer was asked or done: a slow one never brings an old state back.
  let turn = 0;
  const listeners = new Set<() => void>();
  let tellOthers = () => {};

  function stand(next: Standing) {
    standing = next;
    for (const listener of listeners) listener();
  }

  function know(conversation: Conversation, fresh = false) {
    const { session } = conversation;
    const before = standing.is === 'known' ? standing.idle : undefined;
    const idle = session ? Date.parse(session.idleExpiresAt) - Date.parse(session.lastSeenAt) : before;
    stand({ is: 'known', conversation, fresh, idle, stale: undefined });
  }

  async function ask() {
    const mine = ++turn;
    const answer = await attempt(client.GET('/session'));
    if (mine !== turn) return;
    if (answer.ok) know(answer.data);
    else if (standing.is === 'known') stand({ ...standing, stale: refusal(answer.problem) });
    else stand({ is: 'unknown', refusal: refusal(answer.problem) });
  }

  async function enter(call: Promise<Result<User>>, { onward }: Act): Promise<Failure | undefined> {
    turn++;
    const answer = await attempt(call);
    turn++;
    if (!answer.ok) return answer.problem;

    // The session's own facts come from the server, and so does the proof that the cookie was kept.
    const asked = await attempt(client.GET('/session'));
    if (!asked.ok) stand({ is: 'unknown', refusal: refusal(asked.problem) });
    else if (asked.data.user) know(asked.data, true);
    else return { type: 'cookie-not-kept' };
    onward();
    tellOthers();
    return undefined;
  }

  return {
    now: () => standing,

    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },

    /** Asks again who holds the cookie. */
    ask,

    /** Asks for the first time, and again whenever another tab or time may have changed the answer. */
    start() {
      const others = new BroadcastChannel('coatcheck');
      tellOthers = () => others.postMessage('changed');
      others.onmessage = ask;
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible') ask();
      });
      // Back may show a page as it was kept, with an account that has been left.
      window.addEventListener('pageshow', (event) => {
        if (event.persisted) ask();
      });
      ask();
    },

    /** Makes an account and logs in. Gives what went wrong, or undefined. */
    register: (registration: Registration, act: Act) =>
      enter(client.POST('/register', { body: registration, signal: act.signal }), act),

    /** Logs in. Gives what went wrong, or undefined. */
    logIn: (credentials: Credentials, act: Act) =>
      enter(client.POST('/login', { body: credentials, signal: act.signal }), act),

    /** Ends this session. Gives what went wrong, or undefined. */
    async logOut({ signal, onward }: Act): Promise<Failure | undefined> {
      turn++;
      const answer = await attempt(client.POST('/logout', { signal }));
      turn++;
      if (!answer.ok) return answer.problem;
      if (standing.is === 'known') {
        const { conversation } = standing;
        const cookie = { ...conversation.cookie, sent: false };
        know({ ...conversation, user: null, session: null, remembered: {}, reason: 'logged-out', cookie });
      }
      onward();
      tellOthers();
      return undefined;
    },
  };
}
