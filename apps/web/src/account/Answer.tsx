import type { ReactNode } from 'react';
import { Retry } from '../layout/Retry.tsx';
import { Stale } from '../layout/Stale.tsx';
import type { Asked } from '../session/asked.ts';
import { useAccountWords } from './words.ts';

interface AnswerProps<Data> {
  asked: Asked<Data>;
  again: () => void;
  /** What to show of the answer. */
  children: (data: Data) => ReactNode;
}

/** What the server said to a page's question: still awaited, failed, old, or there. */
export function Answer<Data>({ asked, again, children }: AnswerProps<Data>) {
  const { area } = useAccountWords();
  if (asked.is === 'asking') {
    return (
      <p className="loading asking" role="status">
        {area.asking}
      </p>
    );
  }
  if (asked.is === 'unknown') return <Retry refusal={asked.refusal} ask={again} />;
  return (
    <>
      {asked.stale && <Stale refusal={asked.stale} ask={again} />}
      {children(asked.data)}
    </>
  );
}
