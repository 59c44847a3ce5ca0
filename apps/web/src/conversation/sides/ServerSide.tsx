import type { Conversation, Session } from '@coatcheck/api-types';
import { useWords } from '../../i18n/words.ts';
import { Fact } from '../../layout/Facts.tsx';
import { TicketNumber } from '../../ticket/TicketNumber.tsx';
import { useConversationWords } from '../words.ts';
import { Side } from './Side.tsx';

/** The box with the row of the session that the server keeps for the ticket of this browser. */
export function ServerSide({ conversation }: { conversation: Conversation }) {
  const { server } = useConversationWords();
  const { session, reason, user, remembered } = conversation;
  return (
    <Side
      which="server"
      title={server.title}
      of={JSON.stringify([session?.id, user?.id, remembered, reason])}
    >
      {session ? (
        <Row session={session} conversation={conversation} />
      ) : (
        <p>{reason && reason !== 'unknown' ? server.dead : server.nothing}</p>
      )}
    </Side>
  );
}

function Row({ session, conversation }: { session: Session; conversation: Conversation }) {
  const words = useWords();
  const { server } = useConversationWords();
  const { user, remembered } = conversation;
  const time = (iso: string) => <time dateTime={iso}>{words.when(iso)}</time>;
  const { browser, system } = session.device;
  return (
    <dl className="details row">
      <Fact name={server.ticket}>
        <TicketNumber sessionId={session.id} /> <span>{server.hash}</span>
      </Fact>
      <Fact name={server.whose}>{user?.username ?? server.guest}</Fact>
      <Fact name={server.remembered}>
        <code>{JSON.stringify(remembered)}</code>
      </Fact>
      <Fact name={server.since}>{time(session.createdAt)}</Fact>
      <Fact name={server.seen}>{time(session.lastSeenAt)}</Fact>
      <Fact name={server.unused}>{time(session.idleExpiresAt)}</Fact>
      <Fact name={server.atLatest}>{time(session.expiresAt)}</Fact>
      <Fact name={server.from}>
        <span>{`${words.ticket.device(browser, system) ?? words.ticket.unknownDevice}, `}</span>
        <span className="exact">{session.address}</span>
      </Fact>
    </dl>
  );
}
