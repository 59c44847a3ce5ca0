import type { Conversation } from '@coatcheck/api-types';
import type { Exchange } from './exchange.ts';
import { withoutPersonalData } from './redaction.ts';
import { isBeginning } from './response.ts';

/**
 * The exchanges from the last login on, without what the server had told about another account.
 * @param accountId the id of the account that logged in
 */
export function sinceLogin(exchanges: Exchange[], accountId: string): Exchange[] {
  const login = exchanges.findLastIndex((exchange) => exchange.cookie === 'given' && isBeginning(exchange));
  return exchanges
    .slice(login)
    .map((exchange) =>
      exchange.before?.user?.id === accountId ? exchange : { ...exchange, before: undefined },
    );
}

/** The exchanges, without the personal data of every session before the present one. @param present what the page knows now */
export function withoutOtherSessions(exchanges: Exchange[], present: Conversation): Exchange[] {
  const begun = exchanges.findIndex(
    ({ path, cookie, told }) => isSameSession(told, present) && (path === '/session' || cookie === 'given'),
  );
  return exchanges.map((exchange, n) => {
    if (begun === -1 || n < begun) return withoutPersonalData(exchange);
    return isSameSession(exchange.before, present) ? exchange : { ...exchange, before: undefined };
  });
}

/** Whether the server told of the session that the visitor has now. Without a session, it did not. */
export const isSameSession = (told: Conversation | undefined, { session }: Conversation): boolean =>
  !!session && told?.session?.id === session.id;

/**
 * Whether the member or the guest who was there before is gone now. A guest who logs in stays, though the session is another
 * one. A guest whose session is another one without a login is another guest.
 */
export function isGone(before: Conversation, now: Conversation): boolean {
  if (!before.session) return false;
  if (!now.session) return true;
  if (before.user) return before.user.id !== now.user?.id;
  return now.user === null && before.session.id !== now.session.id;
}
