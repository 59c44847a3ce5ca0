import type { Client, Conversation } from '@coatcheck/api-types';
import { retryDelayMs, settle, timed } from './failure.ts';
import { createTabs } from './tabs.ts';
import { renewedState, toldState, type VisitorState } from './visitor-state.ts';

/** The state of a page's visitor, kept up to date with `GET /session`. @param client the way to the server */
export function createLiveState(client: Client) {
  let state: VisitorState = { is: 'asking' };
  // A response counts only while no newer call has begun: a slow response never brings an old state back.
  let newestCall = 0;
  let failedTries = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();
  const tabs = createTabs();

  function set(next: VisitorState) {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  }

  function update(conversation: Conversation, hasNewTicket = false) {
    const { session } = conversation;
    failedTries = 0;
    set(toldState(conversation, state, hasNewTicket));
    if (session) tabs.send({ renewed: session.id, idleExpiresAt: session.idleExpiresAt });
  }

  function supersede() {
    clearTimeout(retry);
    newestCall += 1;
    const call = newestCall;
    return () => call === newestCall;
  }

  async function refresh() {
    const isNewest = supersede();
    let result = await settle(client.GET('/session'));
    // Another tab may have been given a newer ticket while this call travelled. The browser sends that one now.
    if (isNewest() && result.ok && result.data.reason === 'replaced') {
      result = await settle(client.GET('/session'));
    }
    if (!isNewest()) return;
    if (result.ok) return update(result.data);

    const failure = timed(result.problem);
    set(state.is === 'known' ? { ...state, stale: failure } : { is: 'unknown', failure });
    retry = setTimeout(refresh, retryDelayMs(failedTries, failure));
    failedTries += 1;
  }

  return {
    /** The state at this moment. */
    now: () => state,

    /** Has `listener` called after every change. @returns ends that */
    subscribe(listener: () => void) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },

    /** Puts a state in place of the present one. */
    set,

    /** Takes over what the server has told. @param hasNewTicket whether this page has just been given the session's ticket */
    update,

    /** Makes the page ignore every `GET /session` that has not been answered. @returns whether no newer call has begun since */
    supersede,

    /** Asks the server. After a failure, this page asks again by itself. */
    refresh,

    /** Has every other tab ask the server. */
    refreshTabs: () => tabs.send('changed'),

    /** Asks the server for the first time, and again whenever another tab or time may have changed the state. */
    start() {
      tabs.listen((message) => {
        if (message === 'changed') refresh();
        else set(renewedState(state, message));
      });
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible') refresh();
      });
      // The browser's Back may show a page as it was, with an account that has logged out since.
      window.addEventListener('pageshow', (event) => {
        if (event.persisted) refresh();
      });
      window.addEventListener('online', refresh);
      refresh();
    },
  };
}
