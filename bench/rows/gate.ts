import { rateOf } from '../lib/load.ts';
import { startPeer } from '../lib/peers.ts';
import type { Server } from '../lib/processes.ts';
import { register, sqliteIn, startProduct } from '../lib/product.ts';
import { inTurnWhenWarm, sideBySide } from '../lib/rounds.ts';
import type { Row } from '../lib/row.ts';

const connections = 32;

/** A request that the gate passes on, beside the same app behind a proxy that asks nobody. */
export const gate: Row = {
  name: 'gate',
  async measure(bench) {
    await using app = await startPeer('app.js', {});
    await using proxy = await startPeer('http-proxy.js', { PEER_APP: app.url });
    await using product = await startProduct({
      database: sqliteIn(bench.folder),
      env: { IN_FRONT_OF: app.url },
    });
    const { cookie } = await register(product.url, 'ada');
    const side = (server: Server) => (seconds: number) =>
      rateOf(server, { connections, requests: [{ path: '/', headers: { cookie } }], until: { seconds } });
    const rounds = await inTurnWhenWarm(bench, {
      coatcheck: side({ ...product, url: new URL(product.url).origin }),
      proxy: side(proxy),
    });
    return [
      {
        name: 'gate',
        what: `A request of a member that the gate passes on, on SQLite, ${connections} connections`,
        against: 'the same app behind a bare @fastify/http-proxy',
        unit: 'requests/s',
        goal: { atLeast: 0.7 },
        rounds: sideBySide(rounds, 'coatcheck', 'proxy'),
        notes: [
          'The app answers 21 bytes from memory. The gate looks the session up, removes and sets headers, and notes what is open; the proxy passes on what comes.',
        ],
      },
    ];
  },
};
