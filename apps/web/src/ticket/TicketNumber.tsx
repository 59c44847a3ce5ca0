import { useWords } from '../i18n/words.ts';
import { printOf } from './number.ts';

/** A session's number on its paper, as it stands in lists. */
export function TicketNumber({ sessionId }: { sessionId: string }) {
  const { ticket } = useWords();
  const { stock, number } = printOf(sessionId);
  return (
    <span className="number" data-stock={stock}>
      <span className="unseen">{ticket.name} </span>
      <span>{number}</span>
    </span>
  );
}
