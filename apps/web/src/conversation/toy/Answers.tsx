import type { ReactNode } from 'react';
import type { ConversationWords } from '../../i18n/en/conversation.ts';
import { printOf } from '../../ticket/number.ts';
import type { Exchange } from '../recording/exchange.ts';
import { useExchanges } from '../recording/recording.ts';
import { useConversationWords } from '../words.ts';

/** The last answer to a request with the browser's own cookie, and the last answer to a request without it, side by side. */
export function Answers() {
  const words = useConversationWords();
  const { toy } = words;
  const exchanges = useExchanges();
  const last = (omitsCredentials: boolean) =>
    exchanges.findLast(
      (exchange) =>
        exchange.path === '/session' && exchange.omitsCredentials === omitsCredentials && exchange.told,
    );
  const [withCookie, withoutCookie] = [last(false), last(true)];
  const how = withCookie ? howSaid(withCookie, words) : toy.withTicket;
  const newest = (withCookie?.number ?? 0) > (withoutCookie?.number ?? 0) ? withCookie : withoutCookie;
  return (
    <div className="answers">
      <Said how={how} exchange={withCookie} otherwise={toy.hidden} />
      <Said how={toy.without} exchange={withoutCookie} otherwise={toy.switchOff} />
      <span className="unseen" role="status">
        {newest &&
          !newest.forgotten &&
          toy.said(newest.number, newest === withCookie ? how : toy.without, answerOf(newest, words))}
      </span>
    </div>
  );
}

interface SaidProps {
  /** The heading, which says what the person did. */
  how: string;
  exchange: Exchange | undefined;
  /** The advice how to get an answer, while there is none. */
  otherwise: ReactNode;
}

function Said({ how, exchange, otherwise }: SaidProps) {
  const words = useConversationWords();
  return (
    <section>
      <h2>{how}</h2>
      {exchange?.forgotten ? (
        <p className="nothing">{words.wire.forgotten}</p>
      ) : exchange ? (
        <p className="lead">{answerOf(exchange, words)}</p>
      ) : (
        <p className="nothing">
          <span>{words.toy.notAsked}</span> <span>{otherwise}</span>
        </p>
      )}
    </section>
  );
}

/** The sentence that says what the person did, and with which ticket. */
function howSaid({ method, cookie, sent, told }: Exchange, { toy }: ConversationWords): string {
  if (method === 'GET') return sent ? toy.withTicket : toy.withNone;
  const given = cookie === 'given' && told?.session;
  return given ? toy.toldAndGot(printOf(given.id).number) : toy.toldWithTicket;
}

/** The sentence that the server could have said in this response. */
function answerOf({ method, told }: Exchange, { answer }: ConversationWords): string {
  const name = told?.user?.username;
  const likes = told?.remembered.likes;
  if (method === 'PATCH') return answer.willRemember(String(likes));
  if (typeof likes === 'string' && likes !== '') {
    return name ? answer.userLikes(name, likes) : answer.likes(likes);
  }
  if (name) return answer.user(name);
  return told?.session ? answer.guest : answer.stranger;
}
