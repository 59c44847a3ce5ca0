import { useState } from 'react';
import { useConversationWords } from './words.ts';

/** A line for a terminal, and the way to take it along. */
export function Copy({ line }: { line: string }) {
  const { wire } = useConversationWords();
  const [outcome, setOutcome] = useState('');
  return (
    <div className="copy">
      <pre>
        <code>{line}</code>
      </pre>
      {/* Only over https and on this machine do browsers let a page write there; the line itself can be selected. */}
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
