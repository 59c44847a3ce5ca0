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
  /** How much the button asks to be pressed: as a link, where the session is most likely the reader's own. By default, as a button. */
  looks?: 'link' | 'button';
}

/** The button that ends one other session. The button asks for no confirmation: the person there can log in again. */
export function EndSession({ session, onEnded, looks = 'button' }: EndSessionProps) {
  const { sessions } = useAccountWords();
  const nameOf = useSessionName();
  return (
    <ActionButton
      className={`end as-${looks}`}
      action={
        <>
          <span>{sessions.end}</span>
          <span className="unseen">{sessions.of(nameOf(session))}</span>
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

/** Names a session so that two of them differ: "Safari on iOS, ticket 4165". */
export function useSessionName(): (session: Session) => string {
  const { ticket } = useWords();
  const { sessions } = useAccountWords();
  return ({ id, device: { browser, system } }) =>
    sessions.name(ticket.device(browser, system) ?? ticket.unknownDevice, printOf(id).number);
}
