import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashPassword } from '../../apps/api/src/password/hash.ts';
import type { Finding } from '../lib/finding.ts';
import { password, sqliteIn, startProduct } from '../lib/product.ts';
import type { Bench, Row } from '../lib/row.ts';
import { seedSqlite } from '../lib/seed.ts';
import { longestOf, readStalls, type Stall, startIdle, watched } from '../lib/stalls.ts';

const maxExpired = 1_000_000;
/** Milliseconds that no stall is to take. */
const goalMs = 10;
/** Milliseconds after its start in which the server is still warming up. */
const startMs = 5_000;
/** Milliseconds between two looks at how far the sweep is. */
const lookMs = 2_000;

/** How long the sweep holds up the event loop. */
export const sweep: Row = {
  name: 'sweep',
  async measure(bench) {
    const sessions = Math.min(maxExpired, Math.round(bench.sessions / 10));
    const path = join(bench.folder, 'coatcheck.db');
    const accounts = Math.max(1, Math.round(sessions / 10));
    const passwordHash = await hashPassword(password);
    await seedSqlite(path, { accounts, sessions, passwordHash, expired: true }, bench.progress);
    const files = { own: join(bench.folder, 'stalls'), idle: join(bench.folder, 'stalls-idle') };
    const { warmAt, beganAt, endedAt } = await swept(bench, path, files);
    const within = (stalls: Stall[]) => stalls.filter(({ at }) => at > beganAt && at <= endedAt);
    const own = readStalls(files.own);
    const meanwhile = within(own);
    const longest = longestOf(meanwhile);
    const before = longestOf(own.filter(({ at }) => at > warmAt && at <= beganAt));
    const machine = longestOf(within(readStalls(files.idle)));
    const undisturbed = meanwhile.filter(({ stolenMs }) => stolenMs === 0);
    const told = (stall: Stall) => described(stall, stall.at - beganAt);
    const what = `the longest stall of the event loop while ${sessions.toLocaleString('en')} expired sessions are swept on SQLite`;
    const stall = { unit: 'ms', goal: { atMost: goalMs } };
    const findings: Finding[] = [
      {
        ...stall,
        name: 'sweep',
        what: `${what}, ${inSeconds(meanwhile)} long`,
        rounds: [{ own: longest.ms }],
        notes: [
          'Measured once, inside the server, which looked at its clock every millisecond.',
          `${told(longest)} In the minute before the sweep the longest was ${before.ms.toFixed(1)} ms, and that of a process that did nothing, in the same minutes as the sweep, ${machine.ms.toFixed(1)} ms.`,
        ],
      },
    ];
    if (undisturbed.length > 0)
      findings.push({
        ...stall,
        name: 'sweep, undisturbed',
        what: `the same, in the ${inSeconds(undisturbed)} of it in which the host of this machine took no processor time`,
        rounds: [{ own: longestOf(undisturbed).ms }],
        notes: [
          `${told(longestOf(undisturbed))} In ${inSeconds(undisturbed.filter(({ ms }) => ms > goalMs))} of these it was longer than ${goalMs} ms.`,
        ],
      });
    return findings;
  },
};

/**
 * Runs a server until it has swept everything, and a process beside it that does nothing.
 * @param files where both write their stalls
 * @returns the moments at which the server was warm, the sweep began, and it was over: milliseconds since 1970.
 */
async function swept(bench: Bench, path: string, files: { own: string; idle: string }) {
  await using _product = await startProduct({ database: sqliteIn(bench.folder), ...watched(files.own) });
  await using _idle = startIdle(files.idle);
  await sleep(startMs);
  const warmAt = Date.now();
  bench.say('waiting for the first sweep, a minute after the start');
  using db = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  // The sweep begins with the oldest, and an index has both ends: to count them all would disturb what is measured.
  const ends = db.prepare(`SELECT (SELECT min(idle_expires_at) FROM sessions) AS next,
                                  (SELECT max(idle_expires_at) FROM sessions) AS last`);
  const first = ends.get();
  let beganAt = warmAt;
  for (let left = first; left?.next != null; left = ends.get()) {
    if (left.next === first?.next) beganAt = Date.now();
    else bench.progress('swept', shareBetween(Number(first?.next), Number(first?.last), Number(left.next)));
    await sleep(lookMs);
  }
  return { warmAt, beganAt, endedAt: Date.now() };
}

const shareBetween = (from: number, to: number, at: number) => (at - from) / (to - from);

/** Each stall is the longest of its second. */
const inSeconds = (stalls: Stall[]) => `${stalls.length.toLocaleString('en')} s`;

/** @param afterMs milliseconds from the beginning of the sweep to the end of the stall */
function described({ ms, ranMs, waitedMs, stolenMs }: Stall, afterMs: number): string {
  const longest = `The longest took ${ms.toFixed(1)} ms, ${Math.round(afterMs / 1_000).toLocaleString('en')} s after the beginning.`;
  if (Number.isNaN(ranMs)) return longest;
  const elsewhere = Math.max(0, ms - ranMs - waitedMs);
  return `${longest} In these the thread had a core for ${ranMs.toFixed(1)} ms, waited for one for ${waitedMs.toFixed(1)} ms, and for the disk or the host for ${elsewhere.toFixed(1)} ms; in that second the host took ${stolenMs} ms of the cores.`;
}
