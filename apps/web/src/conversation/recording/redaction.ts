import { type Conversation, emptyProfile, type Problem } from '@coatcheck/api-types';
import type { Exchange } from './exchange.ts';

/** The text in place of a value that was removed. */
const removed = '…';

/**
 * The members of request bodies that are no secrets. Every other member is taken for one: passwords, recovery codes, tokens,
 * what a passkey answers, and what a later version of this page may send.
 */
const shownMembers = new Set(['username', 'displayName', 'email', 'remember', 'name', 'passwordAlone']);

/**
 * The body of a request, as JSON, with every secret replaced.
 * @param path the path of the call. What a session remembers is shown whole, but for passwords
 * @throws `SyntaxError` when the body is not JSON
 */
export function withoutSecrets(path: string, body: string): string {
  const content: unknown = JSON.parse(body);
  if (path === '/session') {
    return JSON.stringify(content, (name, value) => (/password/i.test(name) ? removed : value));
  }
  if (typeof content !== 'object' || content === null) return JSON.stringify(removed);
  const members = Object.entries(content).map(([name, value]) => [
    name,
    shownMembers.has(name) && typeof value !== 'object' ? value : value === null ? null : removed,
  ]);
  return JSON.stringify(Object.fromEntries(members));
}

/** Whether a conversation has personal data in it: an account, a session, or something that a session remembers. */
export const hasPersonalData = ({ user, session, remembered }: Conversation): boolean =>
  user !== null || session !== null || Object.keys(remembered).length > 0;

/**
 * An exchange without personal data: names, addresses, devices, what a person typed and what a session remembered. The call,
 * the ticket's number and the outcome stay. `forgotten` says whether anything was removed that the page had shown.
 */
export function withoutPersonalData(exchange: Exchange): Exchange {
  const { path, body, told, before, problem } = exchange;
  // The page shows what the server had told before only at calls that are not about the session.
  const shown = path === '/session' ? [told] : [told, before];
  const showsPersonalData = shown.some((conversation) => conversation && hasPersonalData(conversation));
  return {
    ...exchange,
    body: body === undefined ? undefined : withoutValues(body),
    told: told && anonymous(told),
    before: before && anonymous(before),
    problem: problem && ({ type: problem.type, title: problem.title, status: problem.status } as Problem),
    forgotten: exchange.forgotten || showsPersonalData || body !== undefined,
  };
}

/** A body of which only the names of its members stay. */
const withoutValues = (body: string) =>
  JSON.stringify(JSON.parse(body), (_, value) =>
    typeof value === 'object' && value !== null ? value : removed,
  );

/**
 * A conversation without personal data. The id of the session stays, since the ticket's number comes from it. The fact that
 * there was an account stays as well, since the steps of the lesson follow from it.
 */
function anonymous(conversation: Conversation): Conversation {
  const { user, session, remembered } = conversation;
  return {
    ...conversation,
    user: user && { id: '', username: removed, ...emptyProfile, createdAt: '' },
    session: session && { ...session, address: '', device: { browser: null, system: null } },
    remembered: Object.keys(remembered).length > 0 ? { [removed]: removed } : {},
  };
}
