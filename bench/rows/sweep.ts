import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashPassword } from '../../apps/api/src/password/hash.ts';
import { password, sqliteIn, startProduct } from '../lib/product.ts';
import type { Row } from '../lib/row.ts';
import { seedSqlite } from '../lib/seed.ts';

const maxExpired = 1_000_000;
/** Milliseconds after its start in which the server is still warming up. */
const startMs = 5_000;

/** How long the sweep holds up the event loop. */
export const sweep: Row = {
  name: 'sweep',
  async measure(bench) {
    const sessions = Math.min(maxExpired, Math.round(bench.sessions / 10));
    const path = join(bench.folder, 'coatcheck.db');
    const stallsFile = join(bench.folder, 'stalls');
    const accounts = Math.max(1, Math.round(sessions / 10));
    const passwordHash = await hashPassword(password);
    await seedSqlite(path, { accounts, sessions, passwordHash, expired: true }, bench.progress);
    await using _product = await startProduct({
      database: sqliteIn(bench.folder),
      nodeArgs: ['--import', join(import.meta.dirname, '../clients/loop-delay.ts')],
      env: { STALLS_FILE: stallsFile },
    });
    const stalls = () => readFileSync(stallsFile, 'utf8').split('\n').filter(Boolean).map(Number);
    await sleep(startMs);
    const skipped = stalls().length;
    bench.say('waiting for the first sweep, a minute after the start');
    let left = sessions;
    let before = 0;
    while (left > 0) {
      await sleep(1_000);
      left = count(path);
      if (left === sessions) before = stalls().length;
      else bench.progress('swept', 1 - left / sessions);
    }
    await sleep(1_500);
    const all = stalls();
    const idle = Math.max(...all.slice(skipped, before));
    const longest = Math.max(...all.slice(before));
    return [
      {
        name: 'sweep',
        what: `the longest stall of the event loop while ${sessions.toLocaleString('en')} expired sessions are swept on SQLite, ${(all.length - before).toLocaleString('en')} s long`,
        unit: 'ms',
        goal: { atMost: 10 },
        rounds: [{ own: longest }],
        notes: [
          `Measured once, inside the server, which looked at its clock every millisecond. In the minute before, its longest stall was ${idle.toFixed(1)} ms.`,
        ],
      },
    ];
  },
};

/** @returns the sessions that are there. */
function count(path: string): number {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    return Number(db.prepare('SELECT count(*) AS n FROM sessions').get()?.n);
  } finally {
    db.close();
  }
}
