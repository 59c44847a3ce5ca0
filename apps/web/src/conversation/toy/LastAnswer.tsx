import { TicketNumber } from '../../ticket/TicketNumber.tsx';
import { useMedia } from '../media.ts';
import { useExchanges } from '../recording/recording.ts';
import { useConversationWords } from '../words.ts';
import { answerOf, lastSaid, sessionOf } from './saying.ts';

/** The windows in which the style keeps the button at the lower edge. */
const phone = window.matchMedia('(width < 60rem) and (height >= 30em)');

/**
 * The newest answer in a line above the button, for a phone, where the answers themselves may be out of sight. Screen readers
 * are told the answer by `Answers`.
 */
export function LastAnswer() {
  const words = useConversationWords();
  const { toy } = words;
  const isPhone = useMedia(phone);
  const newest = lastSaid(useExchanges());
  const session = newest && sessionOf(newest);
  if (!isPhone) return null;
  return (
    <p className="last-answer" aria-hidden="true">
      {newest && (
        <>
          <span key={newest.number} className="answer">
            {newest.forgotten ? toy.over : answerOf(newest, words)}
          </span>
          {session ? (
            <span key={session}>
              {toy.with} <TicketNumber sessionId={session} />
            </span>
          ) : (
            <span key="none" className="hint">
              {toy.noTicket}
            </span>
          )}
        </>
      )}
    </p>
  );
}
