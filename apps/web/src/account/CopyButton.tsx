import { useState } from 'react';
import { useAccountWords } from './words.ts';

/** A button that copies a text. Nothing where the browser has no clipboard: the text can always be selected. @param action the words on the button */
export function CopyButton({ text, action }: { text: string; action: string }) {
  const { copied, notCopied } = useAccountWords();
  const [outcome, setOutcome] = useState('');
  if (!navigator.clipboard) return null;
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setOutcome(copied),
      () => setOutcome(notCopied),
    );
  return (
    <div className="copy-button">
      <button type="button" className="button quiet" onClick={copy}>
        {action}
      </button>
      <span className="hint" role="status">
        {outcome}
      </span>
    </div>
  );
}
