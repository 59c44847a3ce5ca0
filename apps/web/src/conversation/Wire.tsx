import { useEffect, useRef, useState } from 'react';
import { ExchangeView } from './ExchangeView.tsx';
import { useExchanges } from './recording.ts';
import { useConversationWords } from './words.ts';

/** So many stand there before somebody asks for more. */
const few = 5;

/** The conversation itself: every request of this page and its answer, the newest first and unfolded. */
export function Wire() {
  const { wire } = useConversationWords();
  const exchanges = useExchanges();
  const [all, setAll] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  // The button is gone: go on at the first that it brought.
  useEffect(() => {
    if (all) list.current?.querySelectorAll('summary')[few]?.focus();
  }, [all]);
  const newestFirst = exchanges.toReversed();
  const shown = all ? newestFirst : newestFirst.slice(0, few);
  const rest = exchanges.length - shown.length;
  return (
    <section className="wire" aria-labelledby="wire">
      <h2 id="wire">{wire.title}</h2>
      {exchanges.length === 0 && <p className="nothing">{wire.empty}</p>}
      {/* What was said is read out beside the question; all of this, each time, would be too much. */}
      <div role="log" aria-live="off" aria-labelledby="wire">
        <ol ref={list}>
          {shown.map((exchange, n) => (
            <li key={exchange.number}>
              <ExchangeView exchange={exchange} newest={n === 0} />
            </li>
          ))}
        </ol>
      </div>
      {rest > 0 && (
        <button type="button" className="link" onClick={() => setAll(true)}>
          {wire.earlier(rest)}
        </button>
      )}
    </section>
  );
}
