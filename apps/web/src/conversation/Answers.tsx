import type { ReactNode } from 'react';
import type { ConversationWords } from '../i18n/en/conversation.ts';
import { printOf } from '../ticket/number.ts';
import type { Exchange } from './exchange.ts';
import { useExchanges } from './recording.ts';
import { useConversationWords } from './words.ts';

/** The last answer to whatever the browser attached by itself, and the last one without a ticket, side by side. */
export function Answers() {
  const words = useConversationWords();
  const { toy } = words;
  const exchanges = useExchanges();
  const last = (omitsCredentials: boolean) =>
    exchanges.findLast(
      (one) => one.path === '/session' && one.omitsCredentials === omitsCredentials && one.told,
    );
  const [shown, unshown] = [last(false), last(true)];
  const how = shown ? howSaid(shown, words) : toy.withTicket;
  const newest = (shown?.number ?? 0) > (unshown?.number ?? 0) ? shown : unshown;
  return (
    <div className="answers">
      <Said how={how} exchange={shown} otherwise={toy.hidden} />
      <Said how={toy.without} exchange={unshown} otherwise={toy.switchOff} />
      <span className="unseen" role="status">
        {newest &&
          !newest.forgotten &&
          toy.said(newest.number, newest === shown ? how : toy.without, answerOf(newest, words))}
      </span>
    </div>
  );
}

interface SaidProps {
  how: string;
  exchange: Exchange | undefined;
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

/** Whether it was told something or asked, and with which ticket. */
function howSaid({ method, cookie, sent, told }: Exchange, { toy }: ConversationWords): string {
  if (method === 'GET') return sent ? toy.withTicket : toy.withNone;
  const given = cookie === 'given' && told?.session;
  return given ? toy.toldAndGot(printOf(given.id).number) : toy.toldWithTicket;
}

/** The server's answer in a sentence. */
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
