import { ActionButton } from '../../form/ActionButton.tsx';
import { useWords } from '../../i18n/words.ts';
import { visitor } from '../../session/current.ts';
import { startAgain } from '../lesson/progress.ts';
import { useConversationWords } from '../words.ts';

/**
 * The buttons that end the session, and that also begin the lesson anew. A stranger may press them, too.
 * @param isMember whether somebody is logged in
 */
export function Endings({ isMember }: { isMember: boolean }) {
  const { toy } = useConversationWords();
  const { logOut } = useWords();
  return (
    <div className="actions">
      <ActionButton
        send={(signal) => visitor.logOut({ signal, onSuccess: visitor.refresh })}
        action={isMember ? logOut.action : toy.forget}
        doing={isMember ? logOut.doing : toy.forgetting}
      />
      <ActionButton
        send={async (signal) => {
          const failure = await visitor.logOut({ signal, onSuccess: startAgain });
          if (!failure) await visitor.refresh();
          return failure;
        }}
        action={isMember ? toy.againLoggedOut : toy.again}
        doing={toy.startingAgain}
      />
    </div>
  );
}
