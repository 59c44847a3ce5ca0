import { password } from './browser/person.ts';

/** What a hundred people remember of their stays, to be held against what the servers say. */
export interface Ledger {
  requests: number;
  /** How often there was an answer of each status; 0: no answer at all. */
  answers: Map<number, number>;
  /** What contradicts what had been acknowledged. Empty, if all is well. */
  contradictions: string[];
  /** Asks every server, when all are up, about all that was acknowledged. */
  settle(): Promise<void>;
}

interface Person {
  name: string;
  /** The cookie of a session that lives, as far as was acknowledged. */
  cookie: string | undefined;
  /** Cookies of sessions that have ended, as was acknowledged. */
  dead: string[];
}

/**
 * Has people come and go at any of the servers until so many requests were made.
 * @param servers their addresses; each may be down at times
 */
export async function keepLedger(servers: string[], requests: number, people: number): Promise<Ledger> {
  const everybody = Array.from({ length: people }, (_, at): Person => {
    return { name: `guest${at}`, cookie: undefined, dead: [] };
  });
  const ledger: Ledger = { requests: 0, answers: new Map(), contradictions: [], settle };

  async function send(server: string, method: string, path: string, cookie?: string, body?: object) {
    ledger.requests += 1;
    try {
      const answer = await fetch(`${server}${path}`, {
        method,
        headers: { ...(cookie && { cookie }), ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(20_000),
      });
      const said = { status: answer.status, text: await answer.text(), cookie: cookieOf(answer) };
      note(said.status);
      if (said.status === 503 && !answer.headers.has('retry-after')) {
        ledger.contradictions.push(`${method} ${path}: 503 without Retry-After`);
      }
      return said;
    } catch {
      note(0);
      // Whoever finds nobody at the counter comes back in a moment.
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { status: 0, text: '', cookie: undefined };
    }
  }

  const note = (status: number) => ledger.answers.set(status, (ledger.answers.get(status) ?? 0) + 1);
  const any = <T>(list: T[]) => list[Math.floor(Math.random() * list.length)] as T;
  const isOutage = (status: number) => status === 503 || status === 0;

  /** Asks who one is, with a cookie that must count, or with one that must not. */
  async function check(server: string, { name }: Person, cookie: string, alive: boolean) {
    const { status, text } = await send(server, 'GET', '/me', cookie);
    if (isOutage(status)) return;
    const fine = alive ? status === 200 && text.includes(`"username":"${name}"`) : status === 401;
    if (!fine) ledger.contradictions.push(`${name} ${alive ? 'alive' : 'dead'}: ${status} ${text}`);
  }

  async function logIn(person: Person, path: '/login' | '/register') {
    const shown = person.cookie;
    const credentials = { username: person.name, password };
    const said = await send(any(servers), 'POST', path, shown, credentials);
    const made = path === '/register' ? 201 : 200;
    if (said.status === made && said.cookie) {
      if (shown) person.dead.push(shown);
      person.cookie = said.cookie;
    } else if (isOutage(said.status)) {
      // It may have been done all the same: the old ticket proves nothing any more.
      person.cookie = undefined;
    } else if (path === '/login' || said.status !== 409) {
      ledger.contradictions.push(`${person.name} ${path}: ${said.status} ${said.text}`);
    }
    return !isOutage(said.status);
  }

  async function logOut(person: Person, cookie: string) {
    const { status } = await send(any(servers), 'POST', '/logout', cookie);
    if (status === 204) person.dead.push(cookie);
    else if (!isOutage(status)) ledger.contradictions.push(`${person.name} logout: ${status}`);
    person.cookie = undefined;
  }

  async function stay(person: Person) {
    while (!(await logIn(person, '/register')));
    while (ledger.requests < requests) {
      const dice = Math.random();
      if (!person.cookie || dice < 0.02) await logIn(person, '/login');
      else if (dice < 0.03) await logOut(person, person.cookie);
      else if (dice < 0.15 && person.dead.length > 0)
        await check(any(servers), person, any(person.dead), false);
      else await check(any(servers), person, person.cookie, true);
    }
  }

  async function settle() {
    for (const server of servers) {
      await Promise.all(
        everybody.map(async (person) => {
          if (person.cookie) await check(server, person, person.cookie, true);
          for (const cookie of person.dead.slice(-5)) await check(server, person, cookie, false);
        }),
      );
    }
  }

  await Promise.all(everybody.map(stay));
  return ledger;
}

const cookieOf = (answer: Response) => answer.headers.get('set-cookie')?.split(';', 1)[0];
