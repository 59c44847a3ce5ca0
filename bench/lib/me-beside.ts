import type { Finding } from './finding.ts';
import { type LoadRequest, rateOf } from './load.ts';
import { startPeer } from './peers.ts';
import type { Server } from './processes.ts';
import { cookieOf, register, sqliteIn, startProduct } from './product.ts';
import { inTurnWhenWarm, type Rounds, sideBySide } from './rounds.ts';
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
 * Measures GET /me of a member in turn with what other servers do for the same question.
 * @param others by name; each starts a server. `user` is what GET /me answers here, as JSON.
 * @returns the figures of `coatcheck` and of the others, round by round.
 */
export async function meBeside<Other extends string>(
  bench: Bench,
  others: Record<Other, (user: string) => Promise<Beside>>,
) {
  await using servers = new AsyncDisposableStack();
  const product = servers.use(await startProduct({ database: sqliteIn(bench.folder) }));
  const { cookie, user } = await register(product.url, 'ada');
  const load = (server: Server, request: LoadRequest) => (seconds: number) =>
    rateOf(server, { connections, requests: [request], until: { seconds } });
  const sides: [string, ReturnType<typeof load>][] = [
    ['coatcheck', load(product, { path: '/me', headers: { cookie } })],
  ];
  for (const name of Object.keys(others) as Other[]) {
    const { server, request } = await others[name](JSON.stringify(user));
    sides.push([name, load(servers.use(server), request)]);
  }
  // Awaited here: what is returned sooner would be measured on servers that have ended.
  return await inTurnWhenWarm(
    bench,
    Object.fromEntries(sides) as Record<Other | 'coatcheck', ReturnType<typeof load>>,
  );
}

/** Starts the least that Fastify can do for the same answer. */
export const bareFastify = async (user: string): Promise<Beside> => ({
  server: await startPeer('fastify.js', { PEER_USER: user }),
  request: { path: '/me' },
});

/**
 * @returns a line of the table on how that limit stands against another server.
 * @param rounds in which the limit was called `fastify`
 */
export const limitBeside = <Other extends string>(
  row: string,
  against: string,
  rounds: Rounds<Other | 'fastify'>,
  other: Other,
): Finding => ({
  name: `${row}, bare Fastify`,
  what: 'Not Coatcheck, but a bare Fastify route with the same JSON from memory, in the same rounds',
  against,
  unit: 'requests/s',
  rounds: sideBySide<Other | 'fastify'>(rounds, 'fastify', other),
  notes: [],
});

/** Logs in at a server whose POST /login takes anybody. */
export async function loggedIn(server: Server): Promise<Beside> {
  const response = await fetch(new URL('/login', server.url), { method: 'POST' });
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}.`);
  return { server, request: { path: '/me', headers: { cookie: cookieOf(response) } } };
}
