import type { Conversation } from '@coatcheck/api-types';
import type { Exchange } from './exchange.ts';
import { isGone, isSameSession, sinceLogin, withoutOtherSessions } from './forgetting.ts';
import { hasPersonalData } from './redaction.ts';
import { readRequest } from './request.ts';
import { completed, readResponse } from './response.ts';

const maxExchanges = 50;

/**
 * A recorder of a page's calls, without exchanges. Scripts cannot see the headers `Cookie` and `Set-Cookie`, so the recorder
 * infers them.
 * @param send sends a call, as `fetch` does
 * @param page the URL of the page that calls
 * @param basePath the path that all calls lie below
 */
export function createRecorder(send: typeof fetch, page: URL, basePath = '') {
  let exchanges: Exchange[] = [];
  let count = 0;
  /** The conversation that the server told last. */
  let lastTold: Conversation | undefined;
  /** Whether the browser has a cookie of the server, as far as the recorder can infer. */
  let hasCookie: boolean | undefined;
  /** The id of the account that logged in last. */
  let accountId: string | undefined;
  /** The conversation that the page shows now. */
  let present: Conversation | undefined;
  let timesForgotten = 0;
  const listeners = new Set<() => void>();
  let onAccountChange = () => {};

  function set(next: Exchange[]) {
    exchanges = next.slice(-maxExchanges);
    for (const listener of listeners) listener();
  }

  const change = ({ number }: Exchange, news: Partial<Exchange>) =>
    set(exchanges.map((exchange) => (exchange.number === number ? { ...exchange, ...news } : exchange)));

  function recordRequest(input: RequestInfo | URL, init: RequestInit): Exchange {
    count += 1;
    const exchange = readRequest(new URL(String(input), page), init, page.origin, basePath, {
      number: count,
      sent: hasCookie,
      before: lastTold,
    });
    set([...exchanges, exchange]);
    return exchange;
  }

  async function recordResponse(exchange: Exchange, response: Response, tookMs: number) {
    const news = await readResponse(exchange, response, tookMs);
    const { cookie, told } = news;
    change(exchange, news);
    if (exchange.omitsCredentials) return;
    // The recording forgets all calls when the account is removed: they tell about its owner.
    if (exchange.method === 'DELETE' && exchange.path === '/me' && cookie) set([]);
    if (cookie) hasCookie = cookie === 'given';
    else if (told) hasCookie = told.cookie.sent;
    if (!told) return;
    lastTold = told;
    set(completed(exchanges, told));
  }

  /** Drops the exchanges before the last login, if another account has logged in than before. */
  function noteAccount() {
    const id = lastTold?.user?.id;
    if (id === undefined || id === accountId) return;
    const isFirst = accountId === undefined;
    accountId = id;
    if (isFirst) return;
    set(sinceLogin(exchanges, id));
    onAccountChange();
  }

  /** Removes the personal data of every session but the present one. */
  function forgetOthers(now: Conversation) {
    if (lastTold && hasPersonalData(lastTold) && !isSameSession(lastTold, now)) lastTold = undefined;
    timesForgotten += 1;
    set(withoutOtherSessions(exchanges, now));
  }

  return {
    /** Sends a call as `fetch` does, and records it. @throws what `fetch` throws */
    async fetch(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
      const exchange = recordRequest(input, init);
      const before = timesForgotten;
      const begun = performance.now();
      try {
        const response = await send(input, init);
        await recordResponse(exchange, response, performance.now() - begun);
        // A slow response may tell of a session whose data has been removed meanwhile.
        if (before !== timesForgotten && present) forgetOthers(present);
        noteAccount();
        return response;
      } catch (error) {
        change(exchange, { status: 0 });
        throw error;
      }
    },

    /** The last 50 exchanges, the newest last. */
    exchanges: (): Exchange[] => exchanges,

    /** The number of times that the recorder has removed personal data. */
    timesForgotten: (): number => timesForgotten,

    /** Drops every exchange. */
    clear: (): void => set([]),

    /**
     * Tells the recorder what the page knows about its visitor. If the visitor before is gone, the recorder removes their
     * personal data.
     * @returns whether the visitor before is gone
     */
    meet(now: Conversation): boolean {
      const isOtherGone = present !== undefined && isGone(present, now);
      present = now;
      if (isOtherGone) forgetOthers(now);
      return isOtherGone;
    },

    /** Has `listener` called when another account than before has logged in. There is one listener. */
    onAccountChange(listener: () => void): void {
      onAccountChange = listener;
    },

    /** Has `listener` called after every change of the exchanges. @returns ends that */
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
