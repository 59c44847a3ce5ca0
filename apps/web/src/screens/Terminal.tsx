import { useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { serverOrigin, serverUrl } from '../session/current.ts';

const isOnThisMachine = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:|$)/.test(serverOrigin);
const command = `curl -i -b jar -c jar --json '{"username":"ada", "password":"umbrella left by the door"}' ${serverUrl}/register`;

/** The call that registers from a terminal, for the person who has just started a server on this machine. Elsewhere nothing. */
export function Terminal() {
  const { terminal } = useWords();
  const [isCopied, setIsCopied] = useState(false);
  if (!isOnThisMachine) return null;
  const copy = () =>
    navigator.clipboard.writeText(command).then(
      () => setIsCopied(true),
      () => undefined,
    );
  return (
    <section>
      <h2>{terminal.title}</h2>
      <pre>
        <code>{command}</code>
      </pre>
      <div className="actions">
        <button type="button" className="button quiet" onClick={copy}>
          {isCopied ? terminal.copied : terminal.copy}
        </button>
      </div>
      <span className="unseen" role="status">
        {isCopied && terminal.copied}
      </span>
    </section>
  );
}
