import { printOf } from '../../ticket/number.ts';
import { deadTicketReason, type Exchange, foundConversation } from '../recording/exchange.ts';
import { useConversationWords } from '../words.ts';

/** The tickets of an exchange: which one travelled with the request, and which one the response gave. */
export function TicketsOf({ exchange }: { exchange: Exchange }) {
  const { wire } = useConversationWords();
  const { sent, cookie, told, omitsCredentials } = exchange;
  const found = foundConversation(exchange)?.session?.id;
  const given = cookie === 'given' ? told?.session?.id : undefined;
  const over = (cookie !== undefined && !omitsCredentials) || undefined;
  return (
    <>
      {sent && found ? (
        <Stub id={found} says={over ? wire.withOver : wire.withTicket} over={over} />
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
  /** The id of the ticket's session. */
  id: string;
  /** Says for screen readers what the ticket does. */
  says: (number: string) => string;
  /** Whether the ticket is invalid since this response. The stub of such a ticket is punched. */
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
