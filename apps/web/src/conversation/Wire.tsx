import { useEffect, useRef, useState } from 'react';
import { useWords } from '../i18n/words.ts';
import { serverOrigin } from '../session/current.ts';
import { printOf } from '../ticket/number.ts';
import { Copy } from './Copy.tsx';
import { curlOf } from './curl.ts';
import { type Exchange, foundBy, reasonShown } from './exchange.ts';
import { serversHalf } from './half.ts';
import { type Line, requestLines, responseLines } from './headers.ts';
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
              <Told exchange={exchange} newest={n === 0} />
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

/** One exchange: what the browser said, what the server did, what it answered, and the same for a terminal. */
function Told({ exchange, newest }: { exchange: Exchange; newest: boolean }) {
  const words = useWords();
  const talk = useConversationWords();
  const { wire, half, headers } = talk;
  const { method, path, query, body, status, problem, foreign, asStranger } = exchange;
  const shown = foundBy(exchange)?.session?.id;
  const given = exchange.told?.session?.id;
  const [open, setOpen] = useState(newest);
  const [touched, setTouched] = useState(false);
  const touch = () => setTouched(true);
  // The next one takes its place, unless somebody is reading here.
  if (open && !newest && !touched) setOpen(false);
  const did = status && !foreign ? serversHalf(exchange, talk) : undefined;
  return (
    <details open={open} onFocus={touch} onPointerDown={touch}>
      <summary>
        <span className="unseen">{wire.number(exchange.number)}</span>
        <code>{`${method} ${path}`}</code>{' '}
        <span className="outcome">
          {status === undefined ? wire.waiting : status === 0 ? wire.noAnswer : status}
        </span>
        <Carried exchange={exchange} />
      </summary>
      <div className="told">
        <h3>{wire.request}</h3>
        <Lines
          of="request"
          first={`${method} ${path}${query}`}
          lines={requestLines(exchange, talk)}
          stockOf={shown}
        />
        {body !== undefined && (
          <pre>
            <code>{body}</code>
          </pre>
        )}
        {exchange.hidesPassword && <p className="hint">{headers.password}</p>}
        {asStranger && <p className="hint">{wire.asStranger}</p>}
        {exchange.forgotten && <p className="hint">{wire.forgotten}</p>}

        <h3>{wire.server}</h3>
        {did ? (
          <dl className="half">
            {(['lookedUp', 'decided', 'set'] as const).map((part) => (
              <div key={part}>
                <dt>{half[part]}</dt>
                <dd>{did[part]}</dd>
              </div>
            ))}
          </dl>
        ) : (
          <p>{foreign ? half.foreign : status === 0 ? half.noAnswer : half.waiting}</p>
        )}

        {!!status && (
          <>
            <h3>{foreign ? wire.foreign : wire.answer}</h3>
            <Lines
              of="response"
              first={problem ? `${status} ${problem.title}` : String(status)}
              lines={responseLines(exchange, talk, words.moment)}
              stockOf={exchange.cookie === 'given' ? given : shown}
            />
          </>
        )}
        <h3>{wire.curl}</h3>
        <Copy line={curlOf(exchange, serverOrigin)} />
        {exchange.sent && <p className="hint">{wire.ticketFirst}</p>}
      </div>
    </details>
  );
}

/** Whether a ticket travelled with the request, and which one came back: their numbers on their paper. */
function Carried({ exchange }: { exchange: Exchange }) {
  const { wire } = useConversationWords();
  const { sent, cookie, told, asStranger } = exchange;
  const shown = foundBy(exchange)?.session?.id;
  const given = cookie === 'given' ? told?.session?.id : undefined;
  const over = (cookie !== undefined && !asStranger) || undefined;
  return (
    <>
      {sent && shown ? (
        <Stub id={shown} says={over ? wire.withOver : wire.withTicket} over={over} />
      ) : (
        <span className="carried">
          {reasonShown(exchange)
            ? wire.withDead
            : sent
              ? wire.withSome
              : sent === false
                ? wire.withoutTicket
                : wire.withUnknown}
        </span>
      )}
      {given && (
        <span className="gives">
          <span aria-hidden="true">→ </span>
          <Stub id={given} says={wire.gives} />
        </span>
      )}
    </>
  );
}

interface StubProps {
  id: string;
  says: (number: string) => string;
  /** Whether it is punched: from this answer on it counts for nothing. */
  over?: boolean | undefined;
}

function Stub({ id, says, over }: StubProps) {
  const { stock, number } = printOf(id);
  return (
    <span className={over ? 'number punched' : 'number'} data-stock={stock}>
      <span className="unseen">{says(number)}</span>
      <span aria-hidden="true">{number}</span>
    </span>
  );
}

interface LinesProps {
  of: 'request' | 'response';
  /** What stands before the header: the request's or the answer's first line. */
  first: string;
  lines: Line[];
  /** The session whose ticket the cookie lines are about: they have its colour. */
  stockOf: string | undefined;
}

function Lines({ of, first, lines, stockOf }: LinesProps) {
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
