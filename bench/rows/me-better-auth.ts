import { type Beside, bareFastify, limitBeside, meBeside, whatMeIs } from '../lib/me-beside.ts';
import { startPeer } from '../lib/peers.ts';
import { cookieOf, password } from '../lib/product.ts';
import { sideBySide } from '../lib/rounds.ts';
import type { Row } from '../lib/row.ts';

/** GET /me beside Better Auth. */
export const meBetterAuth: Row = {
  name: 'me-better-auth',
  async measure(bench) {
    const rounds = await meBeside(bench, { betterAuth: () => open(bench.folder), fastify: bareFastify });
    const against = 'get-session of Better Auth on better-sqlite3';
    return [
      {
        name: 'me-better-auth',
        what: whatMeIs,
        against,
        unit: 'requests/s',
        goal: { atLeast: 40 },
        rounds: sideBySide(rounds, 'coatcheck', 'betterAuth'),
        notes: [
          'get-session answers with the session and the user. Its joins are on, which its documentation calls faster. Its cookie cache is off, since it goes on answering for a session that was ended; its rate limit is off, since it would refuse the bench.',
        ],
      },
      limitBeside('me-better-auth', against, rounds, 'betterAuth'),
    ];
  },
};

async function open(folder: string): Promise<Beside> {
  const server = await startPeer('better-auth.ts', { PEER_FOLDER: folder });
  const response = await fetch(new URL('/api/auth/sign-up/email', server.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: JSON.stringify({ name: 'Ada', email: 'ada@example.com', password }),
  });
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}.`);
  return { server, request: { path: '/api/auth/get-session', headers: { cookie: cookieOf(response) } } };
}
