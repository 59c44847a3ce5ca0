import { type RefObject, useEffect, useId, useRef, useState } from 'react';
import { ActionButton } from '../../form/ActionButton.tsx';
import { client, visitor } from '../../session/current.ts';
import { settle } from '../../session/failure.ts';
import { useConversationWords } from '../words.ts';
import { LastAnswer } from './LastAnswer.tsx';

/** The button that asks the server, and the switch that sends the ticket along. On a phone both stay in view, and the answer with them. */
export function Ask() {
  const { toy } = useConversationWords();
  const [sendsTicket, setSendsTicket] = useState(true);
  const id = useId();
  const bar = useRef<HTMLDivElement>(null);
  useBarHeight(bar);
  return (
    <div className="ask" ref={bar}>
      <LastAnswer />
      <ActionButton
        loud
        send={async (signal) => {
          if (!sendsTicket) {
            const result = await settle(client.GET('/session', { credentials: 'omit', signal }));
            return result.ok ? undefined : result.problem;
          }
          await visitor.refresh();
          const state = visitor.now();
          return state.is === 'known' ? state.stale : undefined;
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
          checked={sendsTicket}
          onChange={(event) => setSendsTicket(event.currentTarget.checked)}
        />
        <label htmlFor={id}>{toy.ticket}</label>
      </div>
    </div>
  );
}

/** Tells the style how high the bar is, in `--bar`, so that it covers no content at the end of the page. */
function useBarHeight(bar: RefObject<HTMLElement | null>) {
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
