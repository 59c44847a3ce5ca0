import type { LoginMethods } from '@coatcheck/api-types';
import { useEffect, useState } from 'react';
import { client } from '../session/current.ts';
import { settle } from '../session/failure.ts';

/**
 * The ways in which the person logs in, asked for anew whenever the person comes back to the page. Undefined: the server
 * has not told.
 */
export function useLoginMethods(): LoginMethods | undefined {
  const [methods, setMethods] = useState<LoginMethods>();
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    let asked = 0;
    async function ask() {
      asked += 1;
      const own = asked;
      const result = await settle(client.GET('/me/login-methods', { signal }));
      // Only what was asked last is of now.
      if (result.ok && !signal.aborted && own === asked) setMethods(result.data);
    }
    const look = () => document.visibilityState === 'visible' && ask();
    document.addEventListener('visibilitychange', look, { signal });
    ask();
    return () => controller.abort();
  }, []);
  return methods;
}
