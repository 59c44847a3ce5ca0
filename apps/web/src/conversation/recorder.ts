import type { Conversation } from '@coatcheck/api-types';
import { completed, readAnswer } from './answer.ts';
import type { Exchange } from './exchange.ts';
import { isOfSession, isOver, sinceLogin, withoutOthers } from './forgetting.ts';
import { isAboutSomebody } from './redaction.ts';
import { readRequest } from './request.ts';

/** Records what a page says to the server. */
export type Recorder = ReturnType<typeof createRecorder>;

const maxExchanges = 50;

/**
 * A recorder with no exchange in it. What scripts may not see (`Cookie`, `Set-Cookie`) is reckoned.
 * @param send the way to the server
 * @param page the address of the page that calls
 */
export function createRecorder(send: typeof fetch, page: URL) {
  let exchanges: Exchange[] = [];
  let count = 0;
  /** What the server told last to whoever holds the cookie, and whether the browser holds one, as far as is known. */
  let known: Conversation | undefined;
  let held: boolean | undefined;
  /** The account whose exchanges these are. */
  let owner: string | undefined;
  /** What the page itself knows about who is there. */
  let present: Conversation | undefined;
  let timesForgotten = 0;
  const listeners = new Set<() => void>();
  let noteAnother = () => {};

  function show(next: Exchange[]) {
    exchanges = next.slice(-maxExchanges);
    for (const listener of listeners) listener();
  }

  const change = ({ number }: Exchange, news: Partial<Exchange>) =>
    show(exchanges.map((one) => (one.number === number ? { ...one, ...news } : one)));

  function begin(input: RequestInfo | URL, init: RequestInit): Exchange {
    count += 1;
    const exchange = readRequest(new URL(String(input), page), init, page.origin, {
      number: count,
      sent: held,
      before: known,
    });
    show([...exchanges, exchange]);
    return exchange;
  }

  async function hear(exchange: Exchange, response: Response, tookMs: number) {
    const answer = await readAnswer(exchange, response, tookMs);
    const { cookie, told } = answer;
    change(exchange, answer);
    if (exchange.asStranger) return;
    // Whoever removed the account is gone from here, too.
    if (exchange.method === 'DELETE' && exchange.path === '/me' && cookie) show([]);
    if (cookie) held = cookie === 'given';
    else if (told) held = told.cookie.sent;
    if (!told) return;
    known = told;
    show(completed(exchanges, told));
  }

  /** Notes when somebody else than before has logged in; then what was before is gone from here. */
  function noteOwner() {
    const user = known?.user?.id;
    if (user === undefined || user === owner) return;
    const isFirst = owner === undefined;
    owner = user;
    if (isFirst) return;
    show(sinceLogin(exchanges, user));
    noteAnother();
  }

  /** @param now who is there; what was said with their session stays */
  function forget(now: Conversation) {
    if (known && isAboutSomebody(known) && !isOfSession(known, now)) known = undefined;
    timesForgotten += 1;
    show(withoutOthers(exchanges, now));
  }

  return {
    /** Sends a call as `fetch` does, and records it. */
    async fetch(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
      const exchange = begin(input, init);
      const before = timesForgotten;
      const begun = performance.now();
      try {
        const response = await send(input, init);
        await hear(exchange, response, performance.now() - begun);
        // A slow answer never brings back who was forgotten.
        if (before !== timesForgotten && present) forget(present);
        noteOwner();
        return response;
      } catch (error) {
        change(exchange, { status: 0 });
        throw error;
      }
    },

    /** The last 50 exchanges, the newest last. */
    exchanges: (): Exchange[] => exchanges,

    /** How often what was said about somebody was forgotten. */
    timesForgotten: (): number => timesForgotten,

    /** Drops every exchange. */
    clear: (): void => show([]),

    /**
     * Tells the recorder what the page knows about who is there. Where the session before is over, what was said
     * about whoever had it is forgotten.
     * @returns whether it was
     */
    meet(now: Conversation): boolean {
      const isForgotten = present !== undefined && isOver(present, now);
      present = now;
      if (isForgotten) forget(now);
      return isForgotten;
    },

    /** Has `listener` called when somebody else than before has logged in. There is one listener. */
    onAnother(listener: () => void): void {
      noteAnother = listener;
    },

    /** Has `listener` called after every change. @returns what ends that */
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
  };
}
