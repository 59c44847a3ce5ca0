import type { Conversation, CookieFacts, EndReason, Problem } from '@coatcheck/api-types';

/** The response headers that an exchange shows, among those that scripts can see. */
export const shownHeaderNames = ['cache-control', 'content-type', 'location', 'retry-after'] as const;

/** A request of this page and its response. */
export interface Exchange {
  /** The number of the exchange, counted from 1. */
  number: number;
  method: string;
  path: string;
  /** The query with its question mark, or an empty string. */
  query: string;
  /** The body of the request as JSON, without secrets. */
  body: string | undefined;
  /** Whether a secret was removed from the body. */
  hidesSecret: boolean;
  /** The value of the request's `Origin`. Undefined: the browser sends none. */
  origin: string | undefined;
  /** Whether the request was sent with `credentials: "omit"`. */
  omitsCredentials: boolean;
  /** Whether the browser attached the cookie. Undefined: the page cannot know. */
  sent: boolean | undefined;
  /** The status of the response. Undefined: there is no response yet. 0: there will be none. */
  status: number | undefined;
  /** Whether the response is not Coatcheck's. A proxy may have sent it, for instance. */
  foreign: boolean;
  /** The response headers of {@link shownHeaderNames}. */
  responseHeaders: [name: (typeof shownHeaderNames)[number], value: string][];
  /** The effect of the response's `Set-Cookie`. Undefined: there is no such header. */
  cookie: 'given' | 'cleared' | undefined;
  /** The problem of a response with a status from 400. */
  problem: Problem | undefined;
  /** The conversation that the server had told before the request. */
  before: Conversation | undefined;
  /** Whether personal data was removed, since the session is over. */
  forgotten: boolean;
  /** The conversation that the server told in this response, or else in the next response of `GET /session`. */
  told: Conversation | undefined;
}

/** The cookie's name and attributes, as the server told them in this exchange or before it. */
export const cookieFactsOf = ({ told, before }: Exchange): CookieFacts | undefined =>
  (told ?? before)?.cookie;

/** The conversation that the server found by the ticket of a request. Undefined: no live session, or the page does not know. */
export function foundConversation({ sent, path, cookie, told, before }: Exchange): Conversation | undefined {
  if (!sent) return undefined;
  // A call about the session tells what the server found. If that call began a session, the server had found none.
  const found = path !== '/session' ? before : cookie === 'given' ? undefined : told;
  return found?.session ? found : undefined;
}

/** The reason for which the session of a request's ticket had ended. Undefined: the session is live, or the page does not know. */
export function deadTicketReason({ sent, path, told, before }: Exchange): EndReason | undefined {
  return (sent && (path === '/session' ? told : before)?.reason) || undefined;
}
