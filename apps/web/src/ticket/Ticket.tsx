import type { Session } from '@coatcheck/api-types';
import { useEffect, useState } from 'react';
import { useWords } from '../words/words.ts';
import { printOf } from './number.ts';

interface TicketProps {
  session: Session;
  /** Whose it is. */
  name: string;
  /** Whether it comes out of the printer before one's eyes. */
  fresh?: boolean;
}

/** Sessions whose tickets have come out of the printer; each does so once. */
const printed = new Set<string>();

/** A session as the paper ticket it is: its stock, its number, the device beside it. */
export function Ticket({ session, name, fresh = false }: TicketProps) {
  const words = useWords();
  const { stock, number } = printOf(session.id);
  const { browser, system } = session.device;
  const [prints] = useState(fresh && !printed.has(session.id));
  useEffect(() => {
    printed.add(session.id);
  }, [session.id]);

  return (
    <div className={prints ? 'ticket fresh' : 'ticket'} data-stock={stock}>
      <p className="ticket-number">
        <span className="ticket-word">{words.ticket.name}</span> {number}
      </p>
      <p className="ticket-stub">
        <b>{name}</b>
        <span>{words.ticket.device(browser, system) ?? words.ticket.unknownDevice}</span>
        <span>
          {words.ticket.since} <time dateTime={session.createdAt}>{words.moment(session.createdAt)}</time>
        </span>
      </p>
    </div>
  );
}
