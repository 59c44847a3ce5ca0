import { randomBytes } from 'node:crypto';
import { type Answer, exchange, NoAnswer, withoutSlash } from './exchange.ts';
import { fault } from './faults.ts';
import type { Note } from './note.ts';

/** The subject of the part that is about an app behind the login. */
export interface AppExamination {
  /** The URL that people type to reach the app. */
  app: URL;
  /** Whether strangers are meant to reach the app. */
  isOpen: boolean;
  /** The header that carries the username, as `IDENTITY_HEADER` names it. */
  identityHeader: string;
}

/** The facts about the server that are known before the app is looked at. */
interface Known {
  /** The URL of the server. */
  url: URL;
  /** The origins besides the server's own that a login may lead to. */
  leadsTo: string[];
  /** The `Cookie` header of somebody who is logged in. */
  cookie: string | undefined;
}

/** Headers by which apps and proxies name people, in the spellings that some servers cannot tell apart. */
const identityHeaders = [
  'Remote-User',
  'remote_user',
  'Remote.User',
  'Remote-User-Id',
  'X-Remote-User',
  'X-Auth-Request-User',
  'X-Forwarded-User',
];

/** Looks at what a stranger gets of an app, at the way back to it, and at identity headers that a client makes up. */
export async function examineApp(
  { app, isOpen, identityHeader }: AppExamination,
  { url, leadsTo, cookie }: Known,
  note: Note,
): Promise<void> {
  const isLedTo = app.origin === url.origin || leadsTo.includes(app.origin);
  note('next', isLedTo ? undefined : fault('next', { app }));
  try {
    const page = { accept: 'text/html', 'sec-fetch-dest': 'document' };
    const answer = await exchange(app, { headers: page });
    const { status } = answer;
    if (status === 421 || status >= 500) throw new NoAnswer(new Error(`${status}`));
    const isGuarded = status === 401 || leadsToLogin(answer, app, url);
    note('guarded', isGuarded || isOpen ? undefined : fault('app-open', { app, status }));

    // A browser sends the cookie to the server's own host alone, and so does the doctor.
    const own: Record<string, string> = cookie && app.hostname === url.hostname ? { cookie } : {};
    const names = new Set([...identityHeaders, identityHeader]);
    const tries = [...names].flatMap((name) => [
      { name, values: 1 },
      ...(name === identityHeader ? [{ name, values: 2 }] : []),
    ]);
    const came: string[] = [];
    let echoes = 0;
    for (const { name, values } of tries) {
      const [forged, control] = [marker(), marker()];
      const headers = { ...page, ...own, 'x-doctor': control, [name]: Array(values).fill(forged) };
      const { text } = await exchange(app, { headers });
      if (text.includes(forged)) came.push(values === 1 ? name : `${name}, twice`);
      if (text.includes(control)) echoes += 1;
    }
    if (came.length > 0) note('forged', fault('forged', { app, came }));
    // Without an echo of a header that nobody removes, nothing can be said about those that somebody should.
    else if (echoes === tries.length) note('forged', undefined);
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    note('guarded', fault('no-answer', { url: app, code: error.code }));
  }
}

/** Text that no app writes by itself. */
const marker = () => randomBytes(8).toString('hex');

function leadsToLogin({ status, headers: { location } }: Answer, app: URL, url: URL): boolean {
  if (status < 300 || status >= 400 || !location || !URL.canParse(location, app.href)) return false;
  const target = new URL(location, app);
  return withoutSlash(new URL(target.pathname, target)) === `${withoutSlash(url)}/login`;
}
