import { useState } from 'react';
import { useConversationWords } from '../words.ts';

/** A command for a terminal, with a button that copies it. */
export function Copy({ line }: { line: string }) {
  const { wire } = useConversationWords();
  const [outcome, setOutcome] = useState('');
  return (
    <div className="copy">
      <pre>
        <code>{line}</code>
      </pre>
      {/* Browsers have a clipboard for pages only over https and on the machine itself. The line can always be selected. */}
      {navigator.clipboard && (
        <button
          type="button"
          className="link"
          onClick={() =>
            navigator.clipboard.writeText(line).then(
              () => setOutcome(wire.copied),
              () => setOutcome(wire.notCopied),
            )
          }
        >
          {wire.copy}
          <span className="unseen">: {line}</span>
        </button>
      )}
      <span className="hint" role="status">
        {outcome}
      </span>
    </div>
  );
}
