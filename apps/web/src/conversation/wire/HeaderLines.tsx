import { printOf } from '../../ticket/number.ts';
import { useConversationWords } from '../words.ts';
import type { Line } from './headers.ts';

interface HeaderLinesProps {
  of: 'request' | 'response';
  /** The first line of the request or of the response. */
  first: string;
  lines: Line[];
  /** The session whose ticket the cookie lines are about. The lines have the colour of that ticket's paper. */
  stockOf: string | undefined;
}

/** The first line and the header lines of a request or a response, each with its meaning. */
export function HeaderLines({ of, first, lines, stockOf }: HeaderLinesProps) {
  const { wire } = useConversationWords();
  return (
    <div className={`lines ${of}`}>
      <p>
        <code>{first}</code>
      </p>
      {lines.length > 0 && (
        <ul>
          {lines.map(({ name, value, explained, hidden }) => (
            <li key={name}>
              <code
                data-stock={hidden && stockOf && printOf(stockOf).stock}
                className={hidden && 'of-ticket'}
              >
                {`${name}: ${value}`}
              </code>
              <p className="hint">
                {hidden && <b>{`${wire.hidden}. `}</b>}
                <span>{explained.join(' ')}</span>
              </p>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
