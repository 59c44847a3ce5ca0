import type { Conversation, Problem } from '@coatcheck/api-types';
import type { Exchange } from './exchange.ts';

/** What stands for words that are not kept. */
const left = '…';

/** A body as it may be shown: passwords are left out. */
export const withoutPasswords = (body: string): string =>
  JSON.stringify(JSON.parse(body), (name, value) => (/password/i.test(name) ? left : value));

/** Whether the server told something about somebody. */
export const isAboutSomebody = ({ user, session, remembered }: Conversation): boolean =>
  user !== null || session !== null || Object.keys(remembered).length > 0;

/** An exchange without what it said about somebody: names, addresses, what was typed, what was remembered. */
export function withoutPersons(exchange: Exchange): Exchange {
  const { path, body, told, before, problem } = exchange;
  // Of a call about the session only its own answer shows.
  const about = [told, path === '/session' ? undefined : before].some(
    (conversation) => conversation && isAboutSomebody(conversation),
  );
  return {
    ...exchange,
    body: body === undefined ? undefined : withoutValues(body),
    told: told && anonymous(told),
    before: before && anonymous(before),
    problem: problem && ({ type: problem.type, title: problem.title, status: problem.status } as Problem),
    forgotten: exchange.forgotten || about || body !== undefined,
  };
}

const withoutValues = (body: string) =>
  JSON.stringify(JSON.parse(body), (_, value) =>
    typeof value === 'object' && value !== null ? value : left,
  );

/** Which session it was, and that there was somebody, stays: the ticket's number comes from it, and the steps taken. */
function anonymous(conversation: Conversation): Conversation {
  const { user, session, remembered } = conversation;
  return {
    ...conversation,
    user: user && { id: '', username: left, displayName: null, email: null, createdAt: '' },
    session: session && { ...session, address: '', device: { browser: null, system: null } },
    remembered: Object.keys(remembered).length > 0 ? { [left]: left } : {},
  };
}
