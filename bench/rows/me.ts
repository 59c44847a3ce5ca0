import { bareFastify, meBeside, whatMeIs } from '../lib/me-beside.ts';
import { sideBySide } from '../lib/rounds.ts';
import type { Row } from '../lib/row.ts';

/** GET /me beside the least that Fastify can do for the same answer. */
export const me: Row = {
  name: 'me',
  measure: async (bench) => [
    {
      name: 'me',
      what: whatMeIs,
      against: 'a bare Fastify route with the same JSON from memory',
      unit: 'requests/s',
      goal: { atLeast: 0.6 },
      rounds: sideBySide(await meBeside(bench, { fastify: bareFastify }), 'coatcheck', 'fastify'),
      notes: [
        'Coatcheck runs with its default settings, asks SQLite at each request whether another connection has written, and sends its security headers. The bare route has a response schema, and no hook, no plugin and no logger.',
      ],
    },
  ],
};
