import { useState } from 'react';
import { useAccountWords } from './words.ts';

interface CopyButtonProps {
  text: string;
  /** The words on the button. */
  action: string;
  /** Called when the text has been copied. */
  onCopied?: () => void;
}

/** A button that copies a text. Nothing where the browser has no clipboard: the text can always be selected. */
export function CopyButton({ text, action, onCopied }: CopyButtonProps) {
  const { copied, notCopied } = useAccountWords();
  const [outcome, setOutcome] = useState('');
  if (!navigator.clipboard) return null;
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => {
        setOutcome(copied);
        onCopied?.();
      },
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
