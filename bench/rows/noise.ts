import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Beside, meBeside, whatMeIs } from '../lib/me-beside.ts';
import { register, sqliteIn, startProduct } from '../lib/product.ts';
import { sideBySide } from '../lib/rounds.ts';
import type { Row } from '../lib/row.ts';

/** GET /me beside itself: how far such a ratio can be off on this machine. */
export const noise: Row = {
  name: 'noise',
  async measure(bench) {
    const itself = async (): Promise<Beside> => {
      const folder = join(bench.folder, 'itself');
      mkdirSync(folder);
      const server = await startProduct({ database: sqliteIn(folder) });
      const { cookie } = await register(server.url, 'ada');
      return { server, request: { path: '/me', headers: { cookie } } };
    };
    return [
      {
        name: 'noise',
        what: whatMeIs,
        against: 'the same at another Coatcheck, which was started in the same way',
        unit: 'requests/s',
        rounds: sideBySide(await meBeside(bench, { itself }), 'coatcheck', 'itself'),
        notes: [
          'Both sides are the same, so the spread shows how far a ratio of GET /me can be off; the median is one example.',
        ],
      },
    ];
  },
};
