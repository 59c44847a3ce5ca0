import type { Client, PasswordProof, Problem, Remembered, Result, User } from '@coatcheck/api-types';
import { type Failure, isOutcomeUnknown, settle, timed } from './failure.ts';
import { createLiveState } from './live-state.ts';
import { endedConversation, sessionOf } from './visitor-state.ts';

/** The options of a call, besides the typed values. */
interface ActionOptions {
  /** Aborts the call. */
  signal: AbortSignal;
  /** Called in the same tick as the state changes, so that no other screen shows in between. */
  onSuccess: () => void;
}

/**
 * The visitor of a page: the state that the page knows, and the calls that change it. Unless it says otherwise, each call
 * resolves with the failure, or with undefined when it succeeded.
 * @param client the way to the server
 */
export function createVisitor(client: Client) {
  const { now, subscribe, set, update, supersede, refresh, refreshTabs, start } = createLiveState(client);

  function succeed(onSuccess: () => void) {
    onSuccess();
    refreshTabs();
    return undefined;
  }

  async function beginSession(
    call: Promise<Result<User>>,
    username: string | undefined,
    { signal, onSuccess }: ActionOptions,
  ): Promise<Failure | undefined> {
    const before = sessionOf(now())?.id;
    supersede();
    const result = await settle(call);
    supersede();
    if (!result.ok && !isOutcomeUnknown(result.problem)) return result.problem;

    // `GET /session` tells whether a lost call was done, whether the browser kept the cookie, and when the session ends.
    const told = await settle(client.GET('/session', { signal }));
    const user = told.ok ? told.data.user : null;
    const isDone =
      username === undefined
        ? told.ok && told.data.session?.id !== before
        : user?.username === username.toLowerCase();
    if (!result.ok && !(user && isDone)) return result.problem;
    if (told.ok && !user) return { type: 'cookie-not-kept' };
    if (told.ok) update(told.data, true);
    else set({ is: 'unknown', failure: timed(told.problem) });
    succeed(onSuccess);
    if (!told.ok) refresh();
    return undefined;
  }

  /** Shows that the session is over, without asking the server. */
  function showEnd(reason: Parameters<typeof endedConversation>[0]) {
    const state = now();
    if (state.is === 'known') update(endedConversation(reason, state));
  }

  async function endSession(call: Promise<Result<undefined>>, { signal, onSuccess }: ActionOptions) {
    supersede();
    const result = await settle(call);
    supersede();
    if (!result.ok) {
      if (!isOutcomeUnknown(result.problem)) return result.problem;
      const told = await settle(client.GET('/session', { signal }));
      if (!told.ok || told.data.user) return result.problem;
    }
    showEnd('logged-out');
    return succeed(onSuccess);
  }

  async function settleAsMember<R extends { ok: true } | { ok: false; problem: Problem }>(call: Promise<R>) {
    const result = await settle(call);
    if (!result.ok && result.problem.type === '/problems/not-logged-in') refresh();
    return result;
  }

  function fail<F extends Failure>(failure: F) {
    // The call may have changed what the server tells.
    if (isOutcomeUnknown(failure)) refresh();
    return failure;
  }

  return {
    /** The state at this moment. */
    now,

    /** Has a listener called after every change of the state. @returns ends that */
    subscribe,

    /** Asks the server who the visitor is. */
    refresh,

    /** Begins to keep the state up to date. To be called once. */
    start,

    /**
     * Awaits a call that logs in: a login, a registration.
     * @param call the call, which has just been made
     * @param username of the account. Undefined: the page does not know whose it is
     */
    begin: beginSession,

    /** Ends this session. */
    logOut: (options: ActionOptions) =>
      endSession(client.POST('/logout', { signal: options.signal }), options),

    /** Removes the account. */
    removeAccount: (proof: PasswordProof, options: ActionOptions) =>
      endSession(client.DELETE('/me', { body: proof, signal: options.signal }), options),

    /** Has the server remember something in the session. @param patch a merge patch (RFC 7396) */
    async remember(patch: Remembered, { signal, onSuccess }: ActionOptions) {
      const isNewest = supersede();
      const result = await settle(client.PATCH('/session', { body: patch, signal }));
      if (!result.ok) return fail(result.problem);
      if (isNewest()) update(result.data, result.data.session?.id !== sessionOf(now())?.id);
      return succeed(onSuccess);
    },

    /** Awaits a call of a member. If the member is not logged in any more, the whole page shows that. @returns the result */
    settle: settleAsMember,

    /** Awaits a call of a member that changes what `GET /session` tells. */
    async change(call: Promise<Result<unknown>>, onSuccess: () => void): Promise<Failure | undefined> {
      const result = await settleAsMember(call);
      if (!result.ok) return fail(result.problem);
      await refresh();
      return succeed(onSuccess);
    },

    /** Shows that the session has reached a limit, by the server's clock. A call instead could renew the session. */
    expire() {
      const session = sessionOf(now());
      if (session) showEnd(session.idleExpiresAt < session.expiresAt ? 'expired-idle' : 'expired-absolute');
    },
  };
}
