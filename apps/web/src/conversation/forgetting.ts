import type { Conversation } from '@coatcheck/api-types';
import type { Exchange } from './exchange.ts';
import { withoutPersons } from './redaction.ts';

/** The exchanges since an account logged in, without what was known of another one. */
export function sinceLogin(exchanges: Exchange[], accountId: string): Exchange[] {
  const login = exchanges.findLastIndex(({ method, path, cookie }) => {
    return method === 'POST' && cookie === 'given' && (path === '/login' || path === '/register');
  });
  return exchanges
    .slice(login)
    .map((exchange) =>
      exchange.before?.user?.id === accountId ? exchange : { ...exchange, before: undefined },
    );
}

/** Exchanges of which, before the session of `now`, only calls, tickets and outcomes remain. */
export function withoutOthers(exchanges: Exchange[], now: Conversation): Exchange[] {
  const begun = exchanges.findIndex(
    ({ path, cookie, told }) => isOfSession(told, now) && (path === '/session' || cookie === 'given'),
  );
  return exchanges.map((exchange, n) => {
    if (begun === -1 || n < begun) return withoutPersons(exchange);
    return isOfSession(exchange.before, now) ? exchange : { ...exchange, before: undefined };
  });
}

/** Whether the server told something of the very session that a visitor has now. */
export const isOfSession = (told: Conversation | undefined, { session }: Conversation): boolean =>
  !!session && told?.session?.id === session.id;

/** Whether whoever was there before is not there now. A guest who logs in is; a guest never changes sessions. */
export function isOver(before: Conversation, now: Conversation): boolean {
  if (!before.session) return false;
  if (!now.session) return true;
  if (before.user) return before.user.id !== now.user?.id;
  return now.user === null && before.session.id !== now.session.id;
}
