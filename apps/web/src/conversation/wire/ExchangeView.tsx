import { useState } from 'react';
import { useWords } from '../../i18n/words.ts';
import { serverUrl } from '../../session/current.ts';
import { type Exchange, foundConversation } from '../recording/exchange.ts';
import { useConversationWords } from '../words.ts';
import { Copy } from './Copy.tsx';
import { curlOf } from './curl.ts';
import { HeaderLines } from './HeaderLines.tsx';
import { serversHalf } from './half.ts';
import { requestLines, responseLines } from './headers.ts';
import { TicketsOf } from './TicketsOf.tsx';

/**
 * An exchange: the request, what the server did, the response, and the command for a terminal.
 * @param newest whether no newer exchange shows
 */
export function ExchangeView({ exchange, newest }: { exchange: Exchange; newest: boolean }) {
  const words = useWords();
  const talk = useConversationWords();
  const { wire, half, headers } = talk;
  const { method, path, query, body, status, problem, foreign, omitsCredentials } = exchange;
  const found = foundConversation(exchange)?.session?.id;
  const given = exchange.told?.session?.id;
  const [open, setOpen] = useState(newest);
  const [touched, setTouched] = useState(false);
  const touch = () => setTouched(true);
  // An exchange folds when a newer one comes, unless the person has touched it.
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
        <TicketsOf exchange={exchange} />
      </summary>
      <div className="told">
        <h3>{wire.request}</h3>
        <HeaderLines
          of="request"
          first={`${method} ${path}${query}`}
          lines={requestLines(exchange, talk)}
          stockOf={found}
        />
        {body !== undefined && (
          <pre>
            <code>{body}</code>
          </pre>
        )}
        {exchange.hidesSecret && <p className="hint">{headers.secret}</p>}
        {omitsCredentials && <p className="hint">{path === '/session' ? wire.asStranger : wire.needsNone}</p>}
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
            <HeaderLines
              of="response"
              first={problem ? `${status} ${problem.title}` : String(status)}
              lines={responseLines(exchange, talk, words.moment)}
              stockOf={exchange.cookie === 'given' ? given : found}
            />
          </>
        )}
        <h3>{wire.curl}</h3>
        <Copy line={curlOf(exchange, serverUrl)} />
        {exchange.sent && <p className="hint">{wire.ticketFirst}</p>}
      </div>
    </details>
  );
}
