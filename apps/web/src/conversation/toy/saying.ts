import type { ConversationWords } from '../../i18n/en/conversation.ts';
import { printOf } from '../../ticket/number.ts';
import { deadTicketReason, type Exchange, foundConversation } from '../recording/exchange.ts';

/** The sentence that says what the person did in an exchange about the session: asked or told, and with which ticket. */
export function howSaid(exchange: Exchange, { toy }: ConversationWords): string {
  const { method, cookie, sent, told, omitsCredentials } = exchange;
  if (method === 'PATCH') {
    const given = cookie === 'given' && told?.session;
    return given ? toy.toldAndGot(printOf(given.id).number) : toy.toldWithTicket;
  }
  if (omitsCredentials) return toy.without;
  if (!sent) return toy.withNone;
  return deadTicketReason(exchange) ? toy.withDead : toy.withTicket;
}

/** The sentence that the server could have said in the response. */
export function answerOf({ method, told }: Exchange, { answer }: ConversationWords): string {
  const name = told?.user?.username;
  const likes = told?.remembered.likes;
  if (method === 'PATCH') return answer.willRemember(String(likes));
  if (typeof likes === 'string' && likes !== '') {
    return name ? answer.userLikes(name, likes) : answer.likes(likes);
  }
  if (name) return answer.user(name);
  return told?.session ? answer.guest : answer.stranger;
}

/** The id of the session whose ticket the exchange was about: the one that the response gave, or the one that the server found. */
export const sessionOf = (exchange: Exchange): string | undefined =>
  (exchange.cookie === 'given' ? exchange.told : foundConversation(exchange))?.session?.id;

/** The last exchange about the session that the server has answered. @param omitsCredentials only those with, or without it */
export const lastSaid = (exchanges: Exchange[], omitsCredentials?: boolean): Exchange | undefined =>
  exchanges.findLast(
    (exchange) =>
      exchange.path === '/session' &&
      exchange.told &&
      (omitsCredentials === undefined || exchange.omitsCredentials === omitsCredentials),
  );
