import { loggedIn, meBeside, whatMeIs } from '../lib/me-beside.ts';
import { startPeer } from '../lib/peers.ts';
import type { Row } from '../lib/row.ts';

/** GET /me beside Express. */
export const meExpress: Row = {
  name: 'me-express',
  measure: async (bench) => [
    {
      name: 'me-express',
      what: whatMeIs,
      against: 'Express with express-session, better-sqlite3-session-store and a look-up of the user',
      unit: 'requests/s',
      goal: { atLeast: 8 },
      rounds: await meBeside(bench, async (user) =>
        loggedIn(await startPeer('express.ts', { PEER_USER: user, PEER_FOLDER: bench.folder })),
      ),
      notes: [
        'The same JSON. express-session writes the time of each request down, as it does by default; Coatcheck does so once a minute.',
      ],
    },
  ],
};
