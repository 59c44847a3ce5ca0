import type { User } from '@coatcheck/api-types';
import type { ReactNode } from 'react';
import { ActionButton } from '../form/ActionButton.tsx';
import { client, visitor } from '../session/current.ts';
import { save } from './save.ts';
import { useAccountWords } from './words.ts';

interface DownloadProps {
  user: User;
  /** The words on the button. */
  action: ReactNode;
}

/** The button that downloads everything that the server keeps about the user, as a JSON file. */
export function Download({ user, action }: DownloadProps) {
  const { data } = useAccountWords();
  return (
    <ActionButton
      action={action}
      doing={data.doing}
      send={async (signal) => {
        const answer = await visitor.settle(client.GET('/me/export', { signal }));
        if (!answer.ok) return answer.problem;
        const { exportedAt } = answer.data;
        const text = JSON.stringify(answer.data, null, 2);
        save(`coatcheck-${user.username}-${exportedAt.slice(0, 10)}.json`, text, 'application/json');
        return undefined;
      }}
    />
  );
}
