import type { Session } from '@coatcheck/api-types';
import { type ReactNode, useEffect, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { printOf } from './number.ts';

interface TicketProps {
  session: Session;
  /** The name on the ticket: the user's, or the word for a guest. */
  name: string;
  /** Whether this page has just been given the ticket. A new ticket comes out of the printer, once. */
  isNew?: boolean;
}

/**
 * A session as the paper ticket it is: its stock, its number, the device beside it.
 *
 * While a logout on the same page waits for its response, the style tears the ticket along its line.
 */
export function Ticket({ session, name, isNew = false }: TicketProps) {
  const words = useWords();
  const printing = usePrinting(session.id, isNew);
  const { stock, number } = printOf(session.id);
  const { browser, system } = session.device;

  return (
    <div className={printing ? 'ticket printing' : 'ticket'} data-stock={stock}>
      <p className="ticket-number">
        <span className="ticket-word">{words.ticket.name}</span> <span>{number}</span>
      </p>
      <p className="ticket-stub">
        <b>
          <bdi>{name}</bdi>
        </b>
        <span>{words.ticket.device(browser, system) ?? words.ticket.unknownDevice}</span>
        <span>
          <span>{words.ticket.since}</span>{' '}
          <time dateTime={session.createdAt}>{words.moment(session.createdAt)}</time>
        </span>
      </p>
    </div>
  );
}

let printed: string | undefined;

/** Whether this ticket comes out of the printer now. A person who comes back to a ticket finds it printed. */
function usePrinting(id: string, isNew: boolean) {
  const [printing] = useState(isNew && printed !== id);
  useEffect(() => {
    if (isNew) printed = id;
  }, [isNew, id]);
  return printing;
}

interface NoTicketProps {
  /** Whether the visitor had a ticket: the outline is in two halves then. */
  torn: boolean;
  /** The words below the outline. */
  children?: ReactNode;
}

/** The empty outline of a ticket. */
export function NoTicket({ torn, children }: NoTicketProps) {
  return (
    <div className={torn ? 'no-ticket torn' : 'no-ticket'}>
      <svg viewBox="0 0 320 120" aria-hidden="true">
        {torn ? (
          <>
            <path d="M1 1h110a9 9 0 0 0 9 9l-3 9 4 10-5 12 4 11-4 13 5 12-4 12 3 9v12a9 9 0 0 0-9 9H1z" />
            <path
              className="off"
              d="M120 10a9 9 0 0 0 9-9h190v118H129a9 9 0 0 0-9-9v-12l-3-9 4-12-5-12 4-13-4-11 5-12-4-10z"
            />
          </>
        ) : (
          <path d="M1 1h110a9 9 0 0 0 18 0h190v118H129a9 9 0 0 0-18 0H1zM120 16v88" />
        )}
      </svg>
      {children && <p>{children}</p>}
    </div>
  );
}
