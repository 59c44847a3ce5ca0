import type { Exchange } from '../recording/exchange.ts';
import { useExchanges } from '../recording/recording.ts';
import { useConversationWords } from '../words.ts';
import { answerOf, howSaid, lastSaid } from './saying.ts';

/** The last answer to a request with the browser's own cookie, and the last answer to a request without it, side by side. */
export function Answers() {
  const words = useConversationWords();
  const { toy } = words;
  const exchanges = useExchanges();
  const newest = lastSaid(exchanges);
  return (
    <div className="answers">
      <Said heading={toy.withTicket} exchange={lastSaid(exchanges, false)} otherwise={toy.hidden} />
      <Said heading={toy.without} exchange={lastSaid(exchanges, true)} otherwise={toy.switchOff} />
      <span className="unseen" role="status">
        {newest &&
          !newest.forgotten &&
          toy.said(newest.number, howSaid(newest, words), answerOf(newest, words))}
      </span>
    </div>
  );
}

interface SaidProps {
  /** The heading while there is no answer. */
  heading: string;
  exchange: Exchange | undefined;
  /** The advice how to get an answer, while there is none. */
  otherwise: string;
}

function Said({ heading, exchange, otherwise }: SaidProps) {
  const words = useConversationWords();
  return (
    <div>
      <p className="how">{exchange ? howSaid(exchange, words) : heading}</p>
      {exchange?.forgotten ? (
        <p className="nothing">{words.wire.forgotten}</p>
      ) : exchange ? (
        <p className="answer">{answerOf(exchange, words)}</p>
      ) : (
        <p className="nothing">
          <span>{words.toy.notAsked}</span> <span>{otherwise}</span>
        </p>
      )}
    </div>
  );
}
