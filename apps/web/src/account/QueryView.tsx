import type { ReactNode } from 'react';
import { RetryNotice } from '../layout/RetryNotice.tsx';
import { StaleNotice } from '../layout/StaleNotice.tsx';
import type { Query } from './query.ts';
import { useAccountWords } from './words.ts';

interface QueryViewProps<Data> {
  asked: Query<Data>;
  again: () => void;
  /** Renders the data of the last response. */
  children: (data: Data) => ReactNode;
}

/** Shows the state of a query: waiting, failed, stale, or known. */
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
