import { createClient } from '@coatcheck/api-types';
import { baseUrl, serverOrigin } from '../session/current.ts';
import type { Surroundings } from './diagnosis.ts';
import { recorder } from './recording.ts';

// Its questions are no part of the conversation that is shown.
const client = createClient({ baseUrl });

/** This page and its browser, as the diagnosis needs them. */
export const thisPage = (): Surroundings => ({
  client,
  page: new URL(window.location.href),
  server: new URL(serverOrigin),
  lastOmittedCredentials:
    recorder.exchanges().findLast(({ path }) => path === '/session')?.omitsCredentials ?? false,
  keepsCookies,
  isReachable: () =>
    fetch(`${serverOrigin}/healthz`, { mode: 'no-cors', credentials: 'omit' }).then(
      () => true,
      () => false,
    ),
});

/** Whether the browser keeps a cookie that this page sets. */
function keepsCookies(attributes = ''): boolean {
  const name = 'coatcheck-probe';
  try {
    // biome-ignore lint/suspicious/noDocumentCookie: whether it keeps one that is set like this is the question
    document.cookie = `${name}=1; Path=/; SameSite=Lax${attributes}`;
    const kept = document.cookie.includes(`${name}=1`);
    // biome-ignore lint/suspicious/noDocumentCookie: and it goes at once
    document.cookie = `${name}=; Path=/; Max-Age=0; SameSite=Lax${attributes}`;
    return kept;
  } catch {
    return false;
  }
}
