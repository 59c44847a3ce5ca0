import { isLoopback } from '../../config.ts';
import { isProxySeen } from './client-address.ts';
import type { Ask } from './examine.ts';
import { type Answer, type Asking, conversationIn } from './exchange.ts';
import { type Fault, fault } from './faults.ts';
import type { Note } from './note.ts';
import { unexpectedAnswer } from './unexpected.ts';

/** Requests with the guest's ticket, since the processes of the server might disagree. */
const askings = 8;
/** An address of this machine that no proxy beside the server has: requests from there can be told from the proxy's. */
const asideAddress = '127.0.0.77';

/** The result of examining a guest's session. */
interface GuestResult {
  /** Whether all of the server knew the guest; true as well where no guest could be begun. */
  isKnown: boolean;
  /** The address that the server has for this machine, if only a person can tell whether it is right. */
  seenAddress?: string;
}

/** Begins a guest's session, shows its ticket to whichever process answers, and ends it. */
export async function examineGuest(url: URL, cookieName: string, ask: Ask, note: Note): Promise<GuestResult> {
  const begun = await askFromAside(url, ask, { method: 'PATCH', body: { doctor: 'was here' } });
  // Too many guests came from this address, so there is none to look at.
  if (begun.status === 429) return { isKnown: true };
  const fails = (found: Fault) => ({ isKnown: !note('sent', found) });
  const guest = conversationIn(begun);
  if (!guest) return fails(unexpectedAnswer('PATCH /session', url, begun));
  const given = begun.headers['set-cookie']?.find((line) => line.startsWith(`${cookieName}=`));
  if (!given || !guest.session) return fails(fault('cookie-lost', { way: 'back' }));

  const headers = { cookie: given.split(';', 1)[0] ?? '' };
  const askOften = (path: string, options: Asking) =>
    Promise.all(Array.from({ length: askings }, () => ask(path, { ...options, headers })));
  try {
    const told = (await askOften('/session', {})).flatMap((answer) => conversationIn(answer) ?? []);
    if (!told.every(({ cookie }) => cookie.sent)) return fails(fault('cookie-lost', { way: 'there' }));
    note('sent', undefined);
    const { address } = guest.session;
    const isProxy = isProxySeen(begun, address);
    if (isProxy !== undefined) note('address', isProxy ? fault('proxy', { address }) : undefined);
    const strangers = told.filter(({ session }) => !session).length;
    const asked = told.length;
    const isBroken = note('known', strangers > 0 ? fault('databases', { strangers, asked }) : undefined);
    return { isKnown: !isBroken, ...(isProxy === undefined && { seenAddress: address }) };
  } finally {
    await askOften('/logout', { method: 'POST' });
  }
}

/** Asks from {@link asideAddress} where the server is on this machine and the address can be had. */
async function askFromAside(url: URL, ask: Ask, options: Asking): Promise<Answer> {
  if (!isLoopback(url.hostname)) return ask('/session', options);
  const aside = { ...options, family: 4, localAddress: asideAddress };
  return ask('/session', aside).catch(() => ask('/session', options));
}
