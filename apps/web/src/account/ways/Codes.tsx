import type { User } from '@coatcheck/api-types';
import { useState } from 'react';
import { serverUrl, useHouse } from '../../session/current.ts';
import { nameOf } from '../../session/house.ts';
import { AccountPage } from '../AccountPage.tsx';
import { CopyButton } from '../CopyButton.tsx';
import { save } from '../save.ts';
import { useAccountWords } from '../words.ts';

interface CodesProps {
  user: User;
  codes: string[];
  /** Called when the person has kept the codes. */
  onKept: () => void;
}

/** The new recovery codes, to be printed, saved or copied. Only this component has them, and nothing has them after it. */
export function Codes({ user: { username }, codes, onKept }: CodesProps) {
  const { codes: words } = useAccountWords();
  const house = nameOf(useHouse());
  const [madeAt] = useState(() => new Date().toISOString());
  const text = codes.join('\n');
  function saveAsFile() {
    const { before, after } = words.file(username, house, `${serverUrl}/recover`, madeAt);
    save(`coatcheck-${username}-recovery-codes.txt`, `${before}\n\n${text}\n\n${after}\n`, 'text/plain');
  }
  return (
    <AccountPage heading={words.shown}>
      <p className="lead">{words.whose(username, house)}</p>
      <p>{words.once}</p>
      <ol className="codes" aria-label={words.list} translate="no">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="actions">
        <button type="button" className="button quiet" onClick={saveAsFile}>
          {words.save}
        </button>
        <button type="button" className="button quiet" onClick={() => window.print()}>
          {words.print}
        </button>
        <CopyButton text={text} action={words.copy} />
      </div>
      <div className="actions">
        <button type="button" className="button" onClick={onKept}>
          {words.kept}
        </button>
      </div>
      <p className="on-paper">{words.explained}</p>
      <p className="on-paper">{`${serverUrl}/recover`}</p>
    </AccountPage>
  );
}
