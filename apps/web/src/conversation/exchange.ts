import type { Conversation, CookieFacts, EndReason, Problem } from '@coatcheck/api-types';

/** Headers of an answer that say something about the conversation, among those that scripts can see. */
export const shownHeaders = ['cache-control', 'content-type', 'location', 'retry-after'] as const;

/** A request of this page and its answer. */
export interface Exchange {
  /** Counted from 1. */
  number: number;
  method: string;
  path: string;
  /** With its question mark, or empty. */
  query: string;
  /** What was sent, as JSON, passwords left out. */
  body: string | undefined;
  /** Whether a password was left out. */
  hidesPassword: boolean;
  /** What the browser puts into `Origin`, if anything. */
  origin: string | undefined;
  /** Whether it was sent with `credentials: "omit"`. */
  asStranger: boolean;
  /** Whether the browser attached the cookie: the server says so, or it is known from before; else undefined. */
  sent: boolean | undefined;
  /** Undefined: no answer yet; 0: none came. */
  status: number | undefined;
  /** Whether something else answered in the server's place. */
  foreign: boolean;
  /** The {@link shownHeaders} of the answer. */
  heard: [name: (typeof shownHeaders)[number], value: string][];
  /** What the answer did to the cookie. */
  cookie: 'given' | 'cleared' | undefined;
  /** What the server named when it refused. */
  problem: Problem | undefined;
  /** What the server had told before. */
  before: Conversation | undefined;
  /** Whether what it said about somebody is forgotten, since their session is over. */
  forgotten: boolean;
  /** The server's half: its own answer, or that of the `GET /session` that followed. */
  told: Conversation | undefined;
}

/** The cookie's name and attributes as the server told them last, before or after this exchange. */
export const factsOf = ({ told, before }: Exchange): CookieFacts | undefined => (told ?? before)?.cookie;

/** What the server found for the ticket of this request; undefined: no session that lives, or it is not known. */
export function foundBy({ sent, path, cookie, told, before }: Exchange): Conversation | undefined {
  if (!sent) return undefined;
  // A call about the session tells what it found; whoever was given a new session there had none.
  const found = path !== '/session' ? before : cookie === 'given' ? undefined : told;
  return found?.session ? found : undefined;
}

/** Why the ticket of this request counts for nothing, as far as it was told. */
export function reasonShown({ sent, path, told, before }: Exchange): EndReason | undefined {
  return (sent && (path === '/session' ? told : before)?.reason) || undefined;
}
