import type {
  Client,
  Credentials,
  PasswordProof,
  Problem,
  Registration,
  Remembered,
  Result,
  User,
} from '@coatcheck/api-types';
import { attempt, type Failure, isUnheard, refusal } from './failure.ts';
import { createLiveState } from './live-state.ts';
import { endedFor, sessionOf } from './visitor-state.ts';

/** What a login, a registration or a logout is given besides what was typed. */
interface Act {
  signal: AbortSignal;
  /** Called in the same tick as the new state, so that no screen shows in between. */
  onward: () => void;
}

/**
 * The visitor of a page: what the page knows from the server, and the calls that change it. Each of these calls gives what
 * went wrong, or undefined.
 */
export function createVisitor(client: Client) {
  const { now, subscribe, set, know, begin, ask, tellTabs, start } = createLiveState(client);

  function done(onward: () => void) {
    onward();
    tellTabs();
    return undefined;
  }

  async function enter(
    call: Promise<Result<User>>,
    username: string,
    act: Act,
  ): Promise<Failure | undefined> {
    begin();
    const answer = await attempt(call);
    begin();
    // A call whose answer was lost may have been done.
    if (!answer.ok && !isUnheard(answer.problem)) return answer.problem;

    // The session's own facts come from the server, and so does the proof that the cookie was kept.
    const asked = await attempt(client.GET('/session', { signal: act.signal }));
    const user = asked.ok ? asked.data.user : null;
    if (!answer.ok && user?.username !== username.toLowerCase()) return answer.problem;
    if (asked.ok && !user) return { type: 'cookie-not-kept' };
    if (asked.ok) know(asked.data, true);
    else set({ is: 'unknown', refusal: refusal(asked.problem) });
    done(act.onward);
    if (!asked.ok) ask();
    return undefined;
  }

  /** Notes that the session is over. The server need not be asked to know that. */
  function end(reason: Parameters<typeof endedFor>[0]) {
    const state = now();
    if (state.is === 'known') know(endedFor(reason, state));
  }

  async function depart(call: Promise<Result<undefined>>, { signal, onward }: Act) {
    begin();
    const answer = await attempt(call);
    begin();
    if (!answer.ok) {
      if (!isUnheard(answer.problem)) return answer.problem;
      const asked = await attempt(client.GET('/session', { signal }));
      if (!asked.ok || asked.data.user) return answer.problem;
    }
    end('logged-out');
    return done(onward);
  }

  async function send<R extends { ok: true } | { ok: false; problem: Problem }>(call: Promise<R>) {
    const answer = await attempt(call);
    if (!answer.ok && answer.problem.type === '/problems/not-logged-in') ask();
    return answer;
  }

  /** Passes a failure on. The call may have been done all the same: then the server is asked. */
  function failed<F extends Failure>(failure: F) {
    if (isUnheard(failure)) ask();
    return failure;
  }

  return {
    now,
    subscribe,
    ask,
    start,

    /** Makes an account and logs in. */
    register: (registration: Registration, act: Act) =>
      enter(client.POST('/register', { body: registration, signal: act.signal }), registration.username, act),

    /** Logs in. */
    logIn: (credentials: Credentials, act: Act) =>
      enter(client.POST('/login', { body: credentials, signal: act.signal }), credentials.username, act),

    /** Ends this session. */
    logOut: (act: Act) => depart(client.POST('/logout', { signal: act.signal }), act),

    /** Removes the account. */
    remove: (proof: PasswordProof, act: Act) =>
      depart(client.DELETE('/me', { body: proof, signal: act.signal }), act),

    /** Has the server remember something in the session. @param patch a merge patch (RFC 7396) */
    async remember(patch: Remembered, { signal, onward }: Act) {
      const isNewest = begin();
      const answer = await attempt(client.PATCH('/session', { body: patch, signal }));
      if (!answer.ok) return failed(answer.problem);
      if (isNewest()) know(answer.data, answer.data.session?.id !== sessionOf(now())?.id);
      return done(onward);
    },

    /** Awaits a member's call. If the member is not logged in any more, the whole page learns why. @returns its result */
    send,

    /** Awaits a member's call that changes what `GET /session` tells. */
    async change(call: Promise<Result<unknown>>, onward: () => void): Promise<Failure | undefined> {
      const answer = await send(call);
      if (!answer.ok) return failed(answer.problem);
      await ask();
      return done(onward);
    },

    /** Notes that the session has reached a limit, by the server's clock. Asking instead could have renewed it. */
    expire() {
      const session = sessionOf(now());
      if (session) end(session.idleExpiresAt < session.expiresAt ? 'expired-idle' : 'expired-absolute');
    },
  };
}
