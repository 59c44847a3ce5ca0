import type { Session } from '@coatcheck/api-types';
import { ActionButton } from '../form/ActionButton.tsx';
import { useWords } from '../i18n/words.ts';
import { client, visitor } from '../session/current.ts';
import { printOf } from '../ticket/number.ts';
import { useAccountWords } from './words.ts';

interface EndSessionProps {
  session: Session;
  /** Called when the server has said that the session is over. */
  onEnded: (session: Session) => void;
}

/** The button that ends one other session. The button asks for no confirmation: the person there can log in again. */
export function EndSession({ session, onEnded }: EndSessionProps) {
  const { ticket } = useWords();
  const { sessions } = useAccountWords();
  const { browser, system } = session.device;
  const device = ticket.device(browser, system) ?? ticket.unknownDevice;
  return (
    <ActionButton
      className="end"
      action={
        <>
          <span>{sessions.end}</span>
          <span className="unseen">{sessions.of(device, printOf(session.id).number)}</span>
        </>
      }
      doing={sessions.ending}
      send={async (signal) => {
        const { id } = session;
        const answer = await visitor.settle(client.DELETE('/me/sessions/{id}', { params: { id }, signal }));
        // The session may have ended from elsewhere meanwhile. The person wanted no more than that.
        if (!answer.ok && answer.problem.type !== '/problems/not-found') return answer.problem;
        onEnded(session);
        return undefined;
      }}
    />
  );
}
