import { printOf } from '../ticket/number.ts';
import { deadTicketReason, type Exchange, foundConversation } from './exchange.ts';
import { useConversationWords } from './words.ts';

/** Whether a ticket travelled with the request, and which one came back: their numbers on their paper. */
export function TicketsOf({ exchange }: { exchange: Exchange }) {
  const { wire } = useConversationWords();
  const { sent, cookie, told, omitsCredentials } = exchange;
  const shown = foundConversation(exchange)?.session?.id;
  const given = cookie === 'given' ? told?.session?.id : undefined;
  const over = (cookie !== undefined && !omitsCredentials) || undefined;
  return (
    <>
      {sent && shown ? (
        <Stub id={shown} says={over ? wire.withOver : wire.withTicket} over={over} />
      ) : (
        <span className="carried">
          {deadTicketReason(exchange)
            ? wire.withDead
            : sent
              ? wire.withSome
              : sent === false
                ? wire.withoutTicket
                : wire.withUnknown}
        </span>
      )}
      {given && (
        <span className="gives">
          <span aria-hidden="true">→ </span>
          <Stub id={given} says={wire.gives} />
        </span>
      )}
    </>
  );
}

interface StubProps {
  id: string;
  says: (number: string) => string;
  /** Whether it is punched: from this answer on it counts for nothing. */
  over?: boolean | undefined;
}

function Stub({ id, says, over }: StubProps) {
  const { stock, number } = printOf(id);
  return (
    <span className={over ? 'number punched' : 'number'} data-stock={stock}>
      <span className="unseen">{says(number)}</span>
      <span aria-hidden="true">{number}</span>
    </span>
  );
}
