import { useState } from 'react';
import { useAccountWords } from './words.ts';

interface CopyButtonProps {
  text: string;
  /** The words on the button. */
  action: string;
  /** Called when the text has been copied. */
  onCopied?: () => void;
}

/**
 * A button that copies a text, and says on itself that it has, so that nothing moves. Nothing where the browser has no
 * clipboard: the text can always be selected.
 */
export function CopyButton({ text, action, onCopied }: CopyButtonProps) {
  const { copied, notCopied } = useAccountWords();
  const [isCopied, setIsCopied] = useState<boolean>();
  if (!navigator.clipboard) return null;
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => {
        setIsCopied(true);
        onCopied?.();
      },
      () => setIsCopied(false),
    );
  return (
    <div className="copy-button">
      {/* Both words are laid out at any time, so that the button keeps its width. */}
      <button type="button" className="button quiet" data-doing={isCopied ? action : copied} onClick={copy}>
        {isCopied ? copied : action}
      </button>
      <span className={isCopied ? 'unseen' : 'hint'} role="status">
        {isCopied ? copied : isCopied === false && notCopied}
      </span>
    </div>
  );
}
