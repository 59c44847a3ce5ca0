import { type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { ActionButton } from '../form/ActionButton.tsx';
import { Field } from '../form/Field.tsx';
import { SubmitButton } from '../form/SubmitButton.tsx';
import { useSubmission } from '../form/submission.ts';
import type { ConversationWords } from '../i18n/en/conversation.ts';
import { client, visitor } from '../session/current.ts';
import { attempt } from '../session/failure.ts';
import { printOf } from '../ticket/number.ts';
import type { Exchange } from './exchange.ts';
import { startAgain } from './progress.ts';
import { useExchanges, useTimesForgotten } from './recording.ts';
import { useConversationWords } from './words.ts';

/** Code points of what one can like; the server would take more. */
const longest = 200;

/** To be pressed in any order: ask, with the ticket or without it, and tell. */
export function Toy() {
  return (
    <div className="toy">
      <Ask />
      <Answers />
      <Tell />
    </div>
  );
}

/** Forget me, and start again: what a session, and a recording, end with. A stranger may be forgotten, too. */
export function Endings() {
  const { toy } = useConversationWords();
  return (
    <div className="actions">
      <ActionButton
        send={(signal) => visitor.logOut({ signal, onward: visitor.ask })}
        action={toy.forget}
        doing={toy.forgetting}
      />
      <ActionButton
        send={async (signal) => {
          const failure = await visitor.logOut({ signal, onward: startAgain });
          if (!failure) await visitor.ask();
          return failure;
        }}
        action={toy.again}
        doing={toy.startingAgain}
      />
    </div>
  );
}

/** The question, and whether the browser may show the ticket with it. On a phone it stays within reach. */
function Ask() {
  const { toy } = useConversationWords();
  const [shows, setShows] = useState(true);
  const id = useId();
  const bar = useRef<HTMLDivElement>(null);
  useRoomFor(bar);
  return (
    <div className="ask" ref={bar}>
      <ActionButton
        loud
        send={async (signal) => {
          if (!shows) {
            const answer = await attempt(client.GET('/session', { credentials: 'omit', signal }));
            return answer.ok ? undefined : answer.problem;
          }
          await visitor.ask();
          const state = visitor.now();
          return state.is === 'known' ? state.stale?.failure : undefined;
        }}
        action={toy.ask}
        doing={toy.asking}
      />
      <div className="check switch">
        <input
          type="checkbox"
          // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox says by itself whether it is checked
          role="switch"
          id={id}
          checked={shows}
          onChange={(event) => setShows(event.currentTarget.checked)}
        />
        <label htmlFor={id}>{toy.ticket}</label>
      </div>
    </div>
  );
}

/** Tells the style how high a bar is that lies over the page, so that nothing ends up under it. */
function useRoomFor(bar: RefObject<HTMLElement | null>) {
  useEffect(() => {
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() => {
      style.setProperty('--bar', `${bar.current?.offsetHeight ?? 0}px`);
    });
    if (bar.current) observer.observe(bar.current);
    return () => {
      observer.disconnect();
      style.removeProperty('--bar');
    };
  }, [bar]);
}

/** The last answer to whatever the browser attached by itself, and the last one without a ticket, side by side. */
function Answers() {
  const words = useConversationWords();
  const { toy } = words;
  const exchanges = useExchanges();
  const last = (asStranger: boolean) =>
    exchanges.findLast((one) => one.path === '/session' && one.asStranger === asStranger && one.told);
  const [shown, unshown] = [last(false), last(true)];
  const how = shown ? howSaid(shown, words) : toy.withTicket;
  const newest = (shown?.number ?? 0) > (unshown?.number ?? 0) ? shown : unshown;
  return (
    <div className="answers">
      <Said how={how} exchange={shown} otherwise={toy.hidden} />
      <Said how={toy.without} exchange={unshown} otherwise={toy.switchOff} />
      <span className="unseen" role="status">
        {newest &&
          !newest.forgotten &&
          toy.said(newest.number, newest === shown ? how : toy.without, answerOf(newest, words))}
      </span>
    </div>
  );
}

interface SaidProps {
  how: string;
  exchange: Exchange | undefined;
  otherwise: ReactNode;
}

function Said({ how, exchange, otherwise }: SaidProps) {
  const words = useConversationWords();
  return (
    <section>
      <h2>{how}</h2>
      {exchange?.forgotten ? (
        <p className="nothing">{words.wire.forgotten}</p>
      ) : exchange ? (
        <p className="lead">{answerOf(exchange, words)}</p>
      ) : (
        <p className="nothing">
          <span>{words.toy.notAsked}</span> <span>{otherwise}</span>
        </p>
      )}
    </section>
  );
}

/** Whether it was told something or asked, and with which ticket. */
function howSaid({ method, cookie, sent, told }: Exchange, { toy }: ConversationWords): string {
  if (method === 'GET') return sent ? toy.withTicket : toy.withNone;
  const given = cookie === 'given' && told?.session;
  return given ? toy.toldAndGot(printOf(given.id).number) : toy.toldWithTicket;
}

/** The server's answer in a sentence. */
function answerOf({ method, told }: Exchange, { answer }: ConversationWords): string {
  const name = told?.user?.username;
  const likes = told?.remembered.likes;
  if (method === 'PATCH') return answer.willRemember(String(likes));
  if (typeof likes === 'string' && likes !== '') {
    return name ? answer.userLikes(name, likes) : answer.likes(likes);
  }
  if (name) return answer.user(name);
  return told?.session ? answer.guest : answer.stranger;
}

/** Says what one likes. The server remembers it as `likes`, in place of what stood there. */
function Tell() {
  const { toy } = useConversationWords();
  const [mistake, setMistake] = useState('');
  const form = useRef<HTMLFormElement>(null);
  const timesForgotten = useTimesForgotten();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed goes with whoever typed it
  useEffect(() => {
    form.current?.reset();
    setMistake('');
  }, [timesForgotten]);
  const submission = useSubmission(async (typed, signal) => {
    const likes = String(typed.get('likes')).trim();
    const wrong = likes === '' ? toy.nothing : [...likes].length > longest ? toy.tooLong(longest) : '';
    setMistake(wrong);
    if (wrong) {
      form.current?.querySelector('input')?.focus();
      return undefined;
    }
    return visitor.remember({ likes }, { signal, onward: () => form.current?.reset() });
  });
  const mistakes = mistake ? [{ words: mistake, inputs: ['likes'] }] : submission.mistakes;
  return (
    <form
      ref={form}
      id="tell"
      className="tell"
      noValidate
      aria-busy={submission.pending}
      onSubmit={submission.onSubmit}
    >
      <Field id="likes" label={toy.like} autoComplete="off" submission={{ ...submission, mistakes }} />
      <SubmitButton quiet submission={submission} action={toy.tell} doing={toy.telling} />
      {!mistake && mistakes[0] && (
        <p className="mistake" role="alert">
          {mistakes[0].words}
        </p>
      )}
    </form>
  );
}
