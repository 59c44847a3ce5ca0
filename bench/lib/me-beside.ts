import type { Round } from './finding.ts';
import { type LoadRequest, rateOf } from './load.ts';
import type { Server } from './processes.ts';
import { cookieOf, register, sqliteIn, startProduct } from './product.ts';
import { pairs } from './rounds.ts';
import type { Bench } from './row.ts';

const connections = 32;

/** The sentence of what is measured in each of these rows. */
export const whatMeIs = `GET /me of a member on SQLite, ${connections} connections`;

/** A server beside ours, and the request that asks it the same. */
export interface Beside {
  server: Server;
  request: LoadRequest;
}

/**
 * Measures GET /me of a member beside what another server does for the same question.
 * @param open starts the other. @param user what GET /me answers here, as JSON
 */
export async function meBeside(bench: Bench, open: (user: string) => Promise<Beside>): Promise<Round[]> {
  await using product = await startProduct({ database: sqliteIn(bench.folder) });
  const { cookie, user } = await register(product.url, 'ada');
  const other = await open(JSON.stringify(user));
  await using _ends = other.server;
  const load = (request: LoadRequest, seconds: number) => ({
    connections,
    requests: [request],
    until: { seconds },
  });
  // Awaited here: what is returned sooner would be measured on servers that have ended.
  return await pairs(
    bench,
    (seconds) => rateOf(product, load({ path: '/me', headers: { cookie } }, seconds)),
    (seconds) => rateOf(other.server, load(other.request, seconds)),
  );
}

/** Logs in at a server whose POST /login takes anybody. */
export async function loggedIn(server: Server): Promise<Beside> {
  const response = await fetch(new URL('/login', server.url), { method: 'POST' });
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}.`);
  return { server, request: { path: '/me', headers: { cookie: cookieOf(response) } } };
}
