import { rateOf } from '../lib/load.ts';
import { startPeer } from '../lib/peers.ts';
import { register, sqliteIn, startProduct } from '../lib/product.ts';
import { pairs } from '../lib/rounds.ts';
import type { Row } from '../lib/row.ts';

/** GET /me beside the least that Fastify can do for the same answer. */
export const me: Row = {
  name: 'me',
  async measure(bench) {
    await using product = await startProduct({ database: sqliteIn(bench.folder) });
    const { cookie, user } = await register(product.url, 'ada');
    await using peer = await startPeer('fastify.js', { PEER_USER: JSON.stringify(user) });

    const load = (seconds: number) => ({
      connections: 32,
      requests: [{ path: '/me', headers: { cookie } }],
      until: { seconds },
    });
    const rounds = await pairs(
      bench,
      (seconds) => rateOf(product, load(seconds)),
      (seconds) => rateOf(peer, load(seconds)),
    );
    return [
      {
        name: 'me',
        what: 'GET /me of a member on SQLite, 32 connections',
        against: 'a bare Fastify route with the same JSON from memory',
        unit: 'requests/s',
        goal: { atLeast: 0.6 },
        rounds,
        notes: [
          'Coatcheck runs with its default settings, looks the session and the account up for each request, and sends its security headers. The bare route has a response schema, and no hook, no plugin and no logger.',
        ],
      },
    ];
  },
};
