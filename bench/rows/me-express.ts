import { bareFastify, limitBeside, loggedIn, meBeside, whatMeIs } from '../lib/me-beside.ts';
import { startPeer } from '../lib/peers.ts';
import { sideBySide } from '../lib/rounds.ts';
import type { Row } from '../lib/row.ts';

/** GET /me beside Express. */
export const meExpress: Row = {
  name: 'me-express',
  async measure(bench) {
    const rounds = await meBeside(bench, {
      express: async (user) =>
        loggedIn(await startPeer('express.ts', { PEER_USER: user, PEER_FOLDER: bench.folder })),
      fastify: bareFastify,
    });
    const against = 'Express with express-session, better-sqlite3-session-store and a look-up of the user';
    return [
      {
        name: 'me-express',
        what: whatMeIs,
        against,
        unit: 'requests/s',
        goal: { atLeast: 8 },
        rounds: sideBySide(rounds, 'coatcheck', 'express'),
        notes: [
          'The same JSON. express-session writes the time of each request down, as it does by default; Coatcheck does so once a minute.',
        ],
      },
      limitBeside('me-express', against, rounds, 'express'),
    ];
  },
};
