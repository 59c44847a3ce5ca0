import { rateOf } from '../lib/load.ts';
import { register, sqliteIn, startProduct } from '../lib/product.ts';
import { inTurnWhenWarm, sideBySide } from '../lib/rounds.ts';
import type { Row } from '../lib/row.ts';

const connections = 32;

/** GET /verify, which a reverse proxy asks before each request, beside GET /me of the same member. */
export const verify: Row = {
  name: 'verify',
  async measure(bench) {
    await using product = await startProduct({ database: sqliteIn(bench.folder) });
    const { cookie } = await register(product.url, 'ada');
    const side = (path: string) => (seconds: number) =>
      rateOf(product, { connections, requests: [{ path, headers: { cookie } }], until: { seconds } });
    const rounds = await inTurnWhenWarm(bench, { verify: side('/verify'), me: side('/me') });
    return [
      {
        name: 'verify',
        what: `GET /verify of a member on SQLite, ${connections} connections`,
        against: 'GET /me of the same member',
        unit: 'requests/s',
        goal: { atLeast: 1 },
        rounds: sideBySide(rounds, 'verify', 'me'),
        notes: ['Both have the cookie of the same member, at one server.'],
      },
    ];
  },
};
