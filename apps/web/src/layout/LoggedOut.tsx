import { Link } from 'wouter';
import { leadingTo, type Next } from '../browser/next.ts';
import { useWords } from '../i18n/words.ts';
import { useApp } from '../session/current.ts';
import { NoTicket } from '../ticket/Ticket.tsx';
import { Back } from './Back.tsx';
import { Page } from './Page.tsx';

interface LoggedOutProps {
  /** The number of the ticket that is over. Undefined: the page does not know it. */
  ticket: string | undefined;
  /** The place that the visitor came from. By default, the app that this server stands in front of. */
  next?: Next | undefined;
}

/** The page right after a logout. */
export function LoggedOut({ ticket, next }: LoggedOutProps) {
  const { logOut } = useWords();
  const app = useApp();
  return (
    <Page heading={logOut.done} beside={<NoTicket torn />}>
      <p className="lead">{logOut.torn(ticket)}</p>
      <div className="actions">
        <Back next={next} className="button" />
        <Link href={leadingTo('/login', next?.href)} className={(next ?? app) ? 'button quiet' : 'button'}>
          {logOut.again}
        </Link>
      </div>
    </Page>
  );
}
