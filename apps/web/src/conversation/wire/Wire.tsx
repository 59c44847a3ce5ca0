import { useEffect, useRef, useState } from 'react';
import { useExchanges } from '../recording/recording.ts';
import { useConversationWords } from '../words.ts';
import { ExchangeView } from './ExchangeView.tsx';

/** Exchanges that show before the person asks for all. */
const pageSize = 5;

/** Every request of this page and its response, the newest first and unfolded. */
export function Wire() {
  const { wire } = useConversationWords();
  const exchanges = useExchanges();
  const [showsAll, setShowsAll] = useState(false);
  const list = useRef<HTMLOListElement>(null);
  // The button that had focus is gone. Focus goes to the first exchange that it brought.
  useEffect(() => {
    if (showsAll) list.current?.querySelectorAll('summary')[pageSize]?.focus();
  }, [showsAll]);
  const newestFirst = exchanges.toReversed();
  const shown = showsAll ? newestFirst : newestFirst.slice(0, pageSize);
  const rest = exchanges.length - shown.length;
  return (
    <section className="wire" aria-labelledby="wire">
      <h2 id="wire">{wire.title}</h2>
      {exchanges.length === 0 && <p className="nothing">{wire.empty}</p>}
      {/* Screen readers read the answer beside the question. To read the whole exchange each time would be too much. */}
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
        <button type="button" className="link" onClick={() => setShowsAll(true)}>
          {wire.earlier(rest)}
        </button>
      )}
    </section>
  );
}
