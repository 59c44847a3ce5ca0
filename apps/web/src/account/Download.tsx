import type { User } from '@coatcheck/api-types';
import type { ReactNode } from 'react';
import { ActionButton } from '../form/ActionButton.tsx';
import { client, visitor } from '../session/current.ts';
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
        save(`coatcheck-${user.username}-${exportedAt.slice(0, 10)}.json`, answer.data);
        return undefined;
      }}
    />
  );
}

/** Has the browser save a file. @param content becomes the JSON in the file */
function save(name: string, content: object) {
  const link = document.createElement('a');
  link.download = name;
  link.href = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2)], { type: 'application/json' }));
  link.click();
  URL.revokeObjectURL(link.href);
}
