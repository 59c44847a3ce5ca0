import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Beside, meBeside, whatMeIs } from '../lib/me-beside.ts';
import { register, sqliteIn, startProduct } from '../lib/product.ts';
import { sideBySide } from '../lib/rounds.ts';
import type { Row } from '../lib/row.ts';

/** GET /me beside itself: how far a ratio of this machine can be off. */
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
          'Both sides are the same. As far as this ratio is from 1, any other ratio of the run may be off as well.',
        ],
      },
    ];
  },
};
