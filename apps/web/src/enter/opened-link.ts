import type { LinkVoidReason, OpenedLink } from '@coatcheck/api-types';
import { useEffect, useState } from 'react';
import { client } from '../session/current.ts';
import { type Failure, retryDelayMs, settle, type TimedFailure, timed } from '../session/failure.ts';

/** What this page knows about a one-time link. */
export type LinkState =
  | { is: 'opening' }
  | { is: 'good'; link: OpenedLink }
  | { is: 'void'; reason: LinkVoidReason }
  /** The server did not tell. The page asks again by itself. */
  | { is: 'unopened'; failure: TimedFailure };

/** Asks the server what a one-time link is good for, which does not use the link up. @param token the token of the link */
export function useOpenedLink(token: string) {
  const [state, setState] = useState<LinkState>({ is: 'opening' });
  const [tries, setTries] = useState(0);
  const retry = () => setTries((count) => count + 1);

  useEffect(() => {
    const controller = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function open() {
      const { signal } = controller;
      const result = await settle(client.POST('/links/open', { body: { token }, signal }));
      if (signal.aborted) return;
      if (result.ok) return setState({ is: 'good', link: result.data });
      const reason = voidReasonOf(result.problem);
      if (reason) return setState({ is: 'void', reason });
      const failure = timed(result.problem);
      setState({ is: 'unopened', failure });
      timer = setTimeout(() => setTries((count) => count + 1), retryDelayMs(tries, failure));
    }
    open();
    return () => {
      controller.abort();
      clearTimeout(timer);
    };
  }, [token, tries]);

  return { state, retry, onVoid: (reason: LinkVoidReason) => setState({ is: 'void', reason }) };
}

/** The reason for which a link is good for nothing. Undefined: the failure is about something else. */
export function voidReasonOf(failure: Failure): LinkVoidReason | undefined {
  if (failure.type === '/problems/link-void') return failure.reason;
  // A text that no token can be.
  const isNoToken =
    failure.type === '/problems/invalid-request' &&
    failure.errors.some(({ pointer }) => pointer === '#/token');
  return isNoToken ? 'unknown' : undefined;
}
