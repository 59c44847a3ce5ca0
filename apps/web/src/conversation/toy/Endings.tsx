import { ActionButton } from '../../form/ActionButton.tsx';
import { visitor } from '../../session/current.ts';
import { startAgain } from '../lesson/progress.ts';
import { useConversationWords } from '../words.ts';

/** The buttons that end the session, and that also drop the recording. A stranger may press them, too. */
export function Endings() {
  const { toy } = useConversationWords();
  return (
    <div className="actions">
      <ActionButton
        send={(signal) => visitor.logOut({ signal, onSuccess: visitor.refresh })}
        action={toy.forget}
        doing={toy.forgetting}
      />
      <ActionButton
        send={async (signal) => {
          const failure = await visitor.logOut({ signal, onSuccess: startAgain });
          if (!failure) await visitor.refresh();
          return failure;
        }}
        action={toy.again}
        doing={toy.startingAgain}
      />
    </div>
  );
}
