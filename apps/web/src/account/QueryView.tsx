import type { ReactNode } from 'react';
import { RetryNotice } from '../layout/RetryNotice.tsx';
import { StaleNotice } from '../layout/StaleNotice.tsx';
import type { Query } from './query.ts';
import { useAccountWords } from './words.ts';

interface QueryViewProps<Data> {
  asked: Query<Data>;
  again: () => void;
  /** What to show of the answer. */
  children: (data: Data) => ReactNode;
}

/** Shows the state of a query: awaited, failed, stale, or answered. */
export function QueryView<Data>({ asked, again, children }: QueryViewProps<Data>) {
  const { area } = useAccountWords();
  if (asked.is === 'asking') {
    return (
      <p className="loading asking" role="status">
        {area.asking}
      </p>
    );
  }
  if (asked.is === 'unknown') return <RetryNotice failure={asked.failure} retry={again} />;
  return (
    <>
      {asked.stale && <StaleNotice failure={asked.stale} retry={again} />}
      {children(asked.data)}
    </>
  );
}
