import type { Conversation, RegistrationPolicy } from '@coatcheck/api-types';
import { type AppExamination, examineApp } from './app.ts';
import type { Link } from './chain.ts';
import {
  type Answer,
  type Asking,
  conversationIn,
  exchange,
  NoAnswer,
  originRefusalIn,
  withoutSlash,
} from './exchange.ts';
import { type Fault, fault } from './faults.ts';
import { examineGuest } from './guest.ts';
import type { Note } from './note.ts';
import { connectionFault, corsFault, originFault, siteFault } from './place.ts';
import { unexpectedAnswer } from './unexpected.ts';

/** The subject of an examination. */
export interface Examination {
  /** The URL that people type. */
  url: URL;
  /** The origin of the page that calls. */
  origin: string;
  /** A ticket to look at, as a browser keeps it. */
  ticket: string | undefined;
  /** An app behind the login. Undefined: there is none to look at. */
  behind: AppExamination | undefined;
}

/** The result of an examination. */
export interface Result {
  findings: (Fault & { link: Link })[];
  /** The links that were looked at; all others could not be. */
  looked: Set<Link>;
  /** The address that the server has for this machine, if only a person can tell whether it is right. */
  seenAddress: string | undefined;
  /** Who may register; undefined: the server did not tell. */
  registration: RegistrationPolicy | undefined;
}

/** Sends a request to a path of the server. */
export type Ask = (path: string, options?: Asking) => Promise<Answer>;

/** Minutes that clocks may differ. Beyond that, limits that are told in minutes are no longer true. */
const maxClockMinutes = 2;

/** Looks at every link of the chain, as far as it holds. A server that does not answer is a finding, no error. */
export async function examine(examination: Examination): Promise<Result> {
  const { url } = examination;
  const result: Result = {
    findings: [],
    looked: new Set(),
    seenAddress: undefined,
    registration: undefined,
  };
  const note: Note = (link, found) => {
    result.looked.add(link);
    if (found) result.findings.push({ link, ...found });
    return found !== undefined;
  };
  const ask: Ask = (path, options = {}) => exchange(new URL(withoutSlash(url) + path), options);
  try {
    const told = await examinePlace(examination, ask, note);
    if (!told) return result;
    result.registration = told.house.registration;
    const cookieName = told.cookie.name;
    const guest = await examineGuest(url, cookieName, ask, note);
    result.seenAddress = guest.seenAddress;
    if (guest.isKnown) await examineTicket(examination, cookieName, ask, note);
    const { behind, ticket } = examination;
    if (behind) {
      const cookie = ticket && `${cookieName}=${ticket}`;
      await examineApp(behind, { url, leadsTo: told.house.leadsTo, cookie }, note);
    }
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    note('answer', fault('no-answer', { url, code: error.code }));
  }
  return result;
}

/** Looks at all links that need no ticket. @returns what the server told; undefined when the chain is broken */
async function examinePlace(
  { url, origin }: Examination,
  ask: Ask,
  note: Note,
): Promise<Conversation | undefined> {
  const asked = Date.now();
  const first = await ask('/session', { headers: { origin } });
  const told = conversationIn(first);
  if (!told) {
    note('answer', unexpectedAnswer('GET /session', url, first));
    return undefined;
  }
  note('answer', undefined);
  const minutesAhead = (Date.parse(told.now) - (asked + Date.now()) / 2) / 60_000;

  // Without a ticket this logs nobody out. The response only shows whether the page may change things.
  const tried = await ask('/logout', { method: 'POST', headers: { origin } });
  const { secure } = told.cookie.attributes;
  const place = { url, page: new URL(origin), refusal: originRefusalIn(tried), secure };
  const isBroken =
    note('connection', connectionFault(place)) ||
    note('site', siteFault(place)) ||
    note('origin', originFault(place)) ||
    (origin !== url.origin && note('cors', corsFault(origin, first)));
  if (isBroken) return undefined;
  note('clock', Math.abs(minutesAhead) > maxClockMinutes ? fault('clock', { minutesAhead }) : undefined);
  return told;
}

async function examineTicket({ url, ticket }: Examination, cookieName: string, ask: Ask, note: Note) {
  if (ticket === undefined) return;
  const answer = await ask('/session', { headers: { cookie: `${cookieName}=${ticket}` } });
  const told = conversationIn(answer);
  note('alive', told ? ticketFault(told) : unexpectedAnswer('GET /session', url, answer));
}

/**
 * @returns why a ticket logs nobody in; undefined when it does, or when the server has no session for it and no reason.
 */
function ticketFault({ reason, session, user }: Conversation): Fault | undefined {
  if (reason) return fault(reason);
  return user || !session ? undefined : fault('guest');
}
