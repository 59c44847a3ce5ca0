import { type RefObject, useEffect, useId, useRef, useState } from 'react';
import { ActionButton } from '../form/ActionButton.tsx';
import { client, visitor } from '../session/current.ts';
import { settle } from '../session/failure.ts';
import { useConversationWords } from './words.ts';

/** The question, and whether the browser may show the ticket with it. On a phone it stays within reach. */
export function Ask() {
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
            const answer = await settle(client.GET('/session', { credentials: 'omit', signal }));
            return answer.ok ? undefined : answer.problem;
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
