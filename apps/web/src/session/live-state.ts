import type { Client, Conversation } from '@coatcheck/api-types';
import { attempt, refusal, waitAfter } from './failure.ts';
import { createTabs } from './tabs.ts';
import { knownFrom, renewed, type VisitorState } from './visitor-state.ts';

/** The state of a page's visitor, brought up to date with `GET /session`. */
export function createLiveState(client: Client) {
  let state: VisitorState = { is: 'asking' };
  // An answer counts only while nothing newer was begun: a slow answer never brings an old state back.
  let turn = 0;
  let unanswered = 0;
  let retry: ReturnType<typeof setTimeout> | undefined;
  const listeners = new Set<() => void>();
  const tabs = createTabs();

  function set(next: VisitorState) {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener();
  }

  function know(conversation: Conversation, fresh = false) {
    const { session } = conversation;
    unanswered = 0;
    set(knownFrom(conversation, state, fresh));
    if (session) tabs.tell({ renewed: session.id, idleExpiresAt: session.idleExpiresAt });
  }

  function begin() {
    clearTimeout(retry);
    turn += 1;
    const mine = turn;
    return () => mine === turn;
  }

  async function ask() {
    const isNewest = begin();
    let answer = await attempt(client.GET('/session'));
    // Another tab may hold the newer ticket by now: a ticket that was replaced is asked for once more.
    if (isNewest() && answer.ok && answer.data.reason === 'replaced') {
      answer = await attempt(client.GET('/session'));
    }
    if (!isNewest()) return;
    if (answer.ok) return know(answer.data);

    const refused = refusal(answer.problem);
    set(state.is === 'known' ? { ...state, stale: refused } : { is: 'unknown', refusal: refused });
    retry = setTimeout(ask, waitAfter(unanswered, refused));
    unanswered += 1;
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

    /** Takes over what the server has told. @param fresh whether this page has just been given the session's ticket */
    know,

    /** Makes every answer that is still awaited an old one. @returns tells whether nothing newer has begun since */
    begin,

    /** Asks the server. Without an answer, it asks again after a while. */
    ask,

    /** Tells the other tabs that their state is old. */
    tellTabs: () => tabs.tell('changed'),

    /** Asks for the first time, and again whenever another tab or time may have changed the answer. */
    start() {
      tabs.listen((message) => {
        if (message === 'changed') ask();
        else set(renewed(state, message));
      });
      document.addEventListener('visibilitychange', () => {
        if (document.visibilityState === 'visible') ask();
      });
      // The browser's Back may show a page as it was, with an account that has been left.
      window.addEventListener('pageshow', (event) => {
        if (event.persisted) ask();
      });
      window.addEventListener('online', ask);
      ask();
    },
  };
}
