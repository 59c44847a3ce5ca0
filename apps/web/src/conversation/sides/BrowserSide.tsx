import type { Conversation, EndReason, Session } from '@coatcheck/api-types';
import { TicketNumber } from '../../ticket/TicketNumber.tsx';
import { Copy } from '../wire/Copy.tsx';
import { readTicket } from '../wire/curl.ts';
import { useConversationWords } from '../words.ts';
import { attributesOf, hiddenValue } from './cookie.ts';
import { Side } from './Side.tsx';

/** The box with the cookie that this browser keeps, and its attributes. No script can read its value, the ticket. */
export function BrowserSide({ conversation }: { conversation: Conversation }) {
  const { browser } = useConversationWords();
  const { session, reason, cookie } = conversation;
  const dead: EndReason | null = cookie.sent ? reason : null;
  return (
    <Side which="browser" title={browser.title} of={session?.id ?? dead}>
      {session ? (
        <Cookie session={session} conversation={conversation} />
      ) : dead ? (
        <p>{browser.dead(dead)}</p>
      ) : (
        <p>{browser.nothing}</p>
      )}
      <Where name={cookie.name} />
    </Side>
  );
}

function Cookie({ session, conversation: { cookie } }: { session: Session; conversation: Conversation }) {
  const { browser } = useConversationWords();
  return (
    <>
      <p>
        <TicketNumber sessionId={session.id} />
      </p>
      <ul className="cookie">
        <li>
          <code>{`${cookie.name}=${hiddenValue}`}</code>
        </li>
        {attributesOf(cookie.attributes).map((attribute) => (
          <li key={attribute}>
            <code>{attribute}</code>
          </li>
        ))}
      </ul>
      <p className="hint">{browser.explained}</p>
    </>
  );
}

/** Explains where the browser shows the ticket, and how to take the ticket into a terminal. */
function Where({ name }: { name: string }) {
  const { browser } = useConversationWords();
  return (
    <details>
      <summary>{browser.where}</summary>
      <p className="hint">{browser.devtools(name)}</p>
      <Copy line={readTicket} />
      <p className="hint">{browser.terminal}</p>
    </details>
  );
}
