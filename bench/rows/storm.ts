import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashPassword } from '../../apps/api/src/password/hash.ts';
import type { Round } from '../lib/finding.ts';
import { runLoad } from '../lib/load.ts';
import { logins } from '../lib/logins.ts';
import { runPaced } from '../lib/paced.ts';
import { password, sqliteIn, startProduct } from '../lib/product.ts';
import type { Row } from '../lib/row.ts';
import { freshenSqlite, seedSqlite, ticketOf } from '../lib/seed.ts';

const queued = 500;
/** GET /me a second, and the connections that share them: little, so that the client has nothing to wait for itself. */
const rate = 200;
const connections = 8;
/** Milliseconds that the logins get to arrive before GET /me is measured. */
const arrivalMs = 2_000;
/** Seconds in which GET /me is measured: most of the logins are still waiting then. */
const maxSeconds = 5;

/** GET /me while many people log in at once. */
export const storm: Row = {
  name: 'storm',
  async measure(bench) {
    const path = join(bench.folder, 'coatcheck.db');
    const seed = { accounts: queued, sessions: queued, passwordHash: await hashPassword(password) };
    await seedSqlite(path, seed, bench.progress);
    await using product = await startProduct({
      database: sqliteIn(bench.folder),
      env: { TRUSTED_PROXIES: '127.0.0.1' },
    });
    const paced = () =>
      runPaced({
        url: `${product.url}/me`,
        headers: { cookie: `coatcheck=${ticketOf(0)}` },
        rate,
        connections,
        seconds: Math.min(bench.seconds, maxSeconds),
      });
    freshenSqlite(path, [0]);
    await paced();

    const times: Round[] = [];
    const answered: Round[] = [];
    let refused = 0;
    for (let round = 1; round <= bench.rounds; round += 1) {
      freshenSqlite(path, [0]);
      const idle = await paced();
      const crowd = runLoad({
        url: product.url,
        connections: queued,
        requests: logins(queued),
        until: { amount: queued },
        // Whoever has waited for ten seconds is told to come again.
        statuses: [200, 503],
      });
      const busy = (await Promise.all([sleep(arrivalMs).then(paced), crowd]))[0];
      const { answers, seconds } = await crowd;
      times.push({ own: busy.p99, other: idle.p99 });
      answered.push({ own: (answers[200] ?? 0) / seconds });
      refused += answers[503] ?? 0;
      bench.say(
        `round ${round} of ${bench.rounds}: ${busy.p99.toFixed(1)} and ${idle.p99.toFixed(1)} ms, ${answers[200]} logins in ${seconds.toFixed(1)} s`,
      );
    }
    const load = `${rate} requests/s on ${connections} connections`;
    return [
      {
        name: 'storm',
        what: `p99 of GET /me at ${load} on SQLite while ${queued} logins wait in the queue, each from an address of its own`,
        against: 'its own p99 without them',
        unit: 'ms',
        goal: { atMost: 3 },
        rounds: times,
        notes: [
          `GET /me is measured from the request to the end of the answer, for ${Math.min(bench.seconds, maxSeconds)} s that begin ${arrivalMs / 1_000} s after the logins. The clients share the cores with the hashes.`,
        ],
      },
      {
        name: 'storm, logins',
        what: `logins a second in that storm`,
        unit: 'logins/s',
        rounds: answered,
        notes: [
          `${refused} of ${queued * bench.rounds} logins were told by 503 to come again, since they had waited for ten seconds.`,
        ],
      },
    ];
  },
};
