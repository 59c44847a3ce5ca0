import { createClient } from '@coatcheck/api-types';
import { baseUrl, serverOrigin } from '../../session/current.ts';
import { recorder } from '../recording/recording.ts';
import type { Surroundings } from './diagnosis.ts';

// A client of its own: the recorder does not see its calls, so the page does not show them.
const client = createClient({ baseUrl });

/** The facts about this page and its browser that the diagnosis needs. */
export const thisPage = (): Surroundings => ({
  client,
  page: new URL(window.location.href),
  server: new URL(serverOrigin),
  lastOmittedCredentials:
    recorder.exchanges().findLast(({ path }) => path === '/session')?.omitsCredentials ?? false,
  keepsCookies,
  isReachable: () =>
    fetch(`${baseUrl}/healthz`, { mode: 'no-cors', credentials: 'omit' }).then(
      () => true,
      () => false,
    ),
});

/** Whether the browser keeps a cookie that this page sets. @param attributes further attributes, `; Domain=…` for instance */
function keepsCookies(attributes = ''): boolean {
  const name = 'coatcheck-probe';
  try {
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie is set to see whether the browser keeps it
    document.cookie = `${name}=1; Path=/; SameSite=Lax${attributes}`;
    const kept = document.cookie.includes(`${name}=1`);
    // biome-ignore lint/suspicious/noDocumentCookie: the cookie is removed at once
    document.cookie = `${name}=; Path=/; Max-Age=0; SameSite=Lax${attributes}`;
    return kept;
  } catch {
    return false;
  }
}
