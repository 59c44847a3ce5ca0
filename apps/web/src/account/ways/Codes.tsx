import type { User } from '@coatcheck/api-types';
import { useState } from 'react';
import { Page } from '../../layout/Page.tsx';
import { serverUrl, useHouse } from '../../session/current.ts';
import { nameOf } from '../../session/house.ts';
import { CopyButton } from '../CopyButton.tsx';
import { save } from '../save.ts';
import { useAccountWords } from '../words.ts';
import { useLeavingGuard } from './leaving.ts';
import { useLossNote } from './lost-codes.ts';

interface CodesProps {
  user: User;
  codes: string[];
  /** Called when the person has kept the codes. */
  onKept: () => void;
}

/**
 * The new recovery codes, to be printed, saved or copied. Only this component has them, and nothing has them after it. So the
 * links to the other pages of the account are away, and until the codes are kept somewhere, leaving asks.
 */
export function Codes({ user: { username }, codes, onKept }: CodesProps) {
  const { codes: words } = useAccountWords();
  const house = nameOf(useHouse());
  const [madeAt] = useState(() => new Date().toISOString());
  const [isKept, setIsKept] = useState(false);
  useLeavingGuard(isKept ? undefined : words.leave);
  useLossNote(isKept);
  const text = codes.join('\n');
  function saveAsFile() {
    const { before, after } = words.file(username, house, `${serverUrl}/recover`, madeAt);
    save(`coatcheck-${username}-recovery-codes.txt`, `${before}\n\n${text}\n\n${after}\n`, 'text/plain');
    setIsKept(true);
  }
  function print() {
    window.print();
    setIsKept(true);
  }
  return (
    <Page heading={words.shown}>
      <p className="lead">{words.whose(username, house)}</p>
      <p>{words.once}</p>
      <ol className="codes" aria-label={words.list} translate="no">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ol>
      <div className="actions stack">
        <button type="button" className="button quiet" onClick={saveAsFile}>
          {words.save}
        </button>
        <button type="button" className="button quiet" onClick={print}>
          {words.print}
        </button>
        <CopyButton text={text} action={words.copy} onCopied={() => setIsKept(true)} />
      </div>
      <div className="actions stack">
        <button type="button" className="button" onClick={onKept}>
          {words.kept}
        </button>
      </div>
      <p className="on-paper">{words.made(madeAt)}</p>
      <p className="on-paper">{words.explained}</p>
      <p className="on-paper">{`${serverUrl}/recover`}</p>
    </Page>
  );
}
