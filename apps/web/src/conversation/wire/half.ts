import type { ConversationWords } from '../../i18n/en/conversation.ts';
import { printOf } from '../../ticket/number.ts';
import { deadTicketReason, type Exchange, foundConversation } from '../recording/exchange.ts';

/** The sentences about what the server did with a request. */
interface ServersHalf {
  /** Says what the server looked up in the database, and what it found there. */
  lookedUp: string;
  /** Says what the server decided to do. */
  decided: string;
  /** Says what the `Set-Cookie` of the response does. */
  set: string;
}

/** Says what the server did with the request of an exchange. @param exchange an exchange with a response of Coatcheck */
export function serversHalf(exchange: Exchange, { half }: ConversationWords): ServersHalf {
  const { method, sent, cookie, problem } = exchange;
  return {
    lookedUp: lookedUp(exchange, half),
    decided: problem ? half.refused(problem) : decided(exchange, half),
    set:
      cookie === 'given'
        ? half.given
        : cookie === 'cleared'
          ? half.cleared
          : sent
            ? half.untouched
            : method === 'GET'
              ? half.untouchedNone
              : half.setNothing,
  };
}

function lookedUp(exchange: Exchange, half: ConversationWords['half']): string {
  const { sent, path, cookie, problem } = exchange;
  // The server checks the origin before it looks anything up.
  if (problem?.type === '/problems/origin-not-allowed') return half.notEven;
  if (sent === undefined) return half.unknown;
  if (!sent) return half.noTicket;
  if (problem?.type === '/problems/unavailable') return half.couldNot;
  const found = foundConversation(exchange);
  if (found?.session) {
    const { number } = printOf(found.session.id);
    const name = found.user?.username;
    return path === '/session' ? half.found(number, name) : half.foundBefore(number, name);
  }
  if (cookie === 'given' && path === '/session') return half.foundNone;
  const reason = deadTicketReason(exchange);
  return reason ? half.dead(reason) : half.looked;
}

function decided(exchange: Exchange, half: ConversationWords['half']): string {
  const { method, path, cookie, told, before } = exchange;
  const remembered = told?.session && Object.keys(told.remembered).length > 0;
  const carried = remembered && before?.session && !before.user ? ` ${half.carried}` : '';
  switch (`${method} ${path}`) {
    case 'GET /session':
      return remembered ? half.tells : told?.session ? half.tellsNothing : half.stranger;
    case 'PATCH /session':
      return cookie === 'given' ? half.began : told?.session ? half.merged : half.stranger;
    case 'POST /register':
      return half.registered + carried;
    case 'POST /login':
      return half.loggedIn + carried;
    case 'POST /login/passkey':
      return half.passkeyFits + carried;
    case 'POST /recover':
      return half.recovered + carried;
    case 'POST /links/open':
      return half.linkOpened;
    case 'POST /links/use':
      return half.linkUsed + carried;
    case 'POST /login/passkey/options':
    case 'POST /me/passkeys/options':
    case 'POST /me/proof/options':
      return half.challenge;
    case 'POST /me/proof':
      return half.proven;
    case 'PATCH /me/login-methods':
      return half.waysChanged;
    case 'POST /me/passkeys':
      return half.passkeyAdded;
    case 'POST /me/recovery-codes':
      return half.codesMade;
    case 'POST /me/device-links':
      return half.linkMade;
    case 'PUT /me/password':
      return half.newPassword;
    case 'POST /logout':
      return exchange.sent ? half.ended : half.nothingToEnd;
    default:
      return method === 'DELETE' && path.startsWith('/me/passkeys/') ? half.passkeyRemoved : half.answered;
  }
}
