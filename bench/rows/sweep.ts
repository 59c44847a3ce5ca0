import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashPassword } from '../../apps/api/src/password/hash.ts';
import { password, sqliteIn, startProduct } from '../lib/product.ts';
import type { Bench, Row } from '../lib/row.ts';
import { seedSqlite } from '../lib/seed.ts';
import { longestOf, readStalls, type Stall, startIdle, watchOptions } from '../lib/stalls.ts';

const maxExpired = 1_000_000;
/** The goal: no stall is longer, in milliseconds. */
const goalMs = 10;
/** Milliseconds after its start in which the server is still warming up. */
const startMs = 5_000;
/** Milliseconds between two looks at how far the sweep is. */
const pollMs = 2_000;
/** Milliseconds after which a sweep that gets no further has failed. The first one begins a minute after the start. */
const maxStillMs = 180_000;
/** Milliseconds from the end of a sweep until its last second is written down. */
const lastSecondMs = 1_500;

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
    const own = readStalls(files.own);
    const whileSwept = between(own, beganAt, endedAt);
    const longest = longestOf(whileSwept);
    const afterSeconds = Math.round((longest.at - beganAt) / 1_000).toLocaleString('en');
    const what = `the longest stall of the event loop while ${sessions.toLocaleString('en')} expired sessions are swept on SQLite`;
    const findings = [
      {
        name: 'sweep',
        what,
        unit: 'ms',
        goal: { atMost: goalMs },
        rounds: [{ own: longest.ms }],
        notes: [
          `Measured once, inside the server, which looked at its clock every millisecond. It came ${afterSeconds} s after the beginning. ${described(longest)}`,
          `While the sweep went on: ${summed(whileSwept)}. In the minute before: ${summed(between(own, warmAt, beganAt))}. In a process beside it that did nothing: ${summed(between(readStalls(files.idle), beganAt, endedAt))}.`,
        ],
      },
    ];
    const undisturbed = whileSwept.filter(({ stolenMs }) => stolenMs === 0);
    if (undisturbed.length === 0) return findings;
    const longestUndisturbed = longestOf(undisturbed);
    return [
      ...findings,
      {
        name: 'sweep, undisturbed',
        what: 'the same, in the seconds in which the host took less than 10 ms from all cores',
        unit: 'ms',
        rounds: [{ own: longestUndisturbed.ms }],
        notes: [`${described(longestUndisturbed)} Of these seconds: ${summed(undisturbed)}.`],
      },
    ];
  },
};

/**
 * Runs a server until it has swept everything, and a process beside it that does nothing.
 * @param files where both write their stalls
 * @returns the moments at which the server was warm, the sweep began, and its end was seen: milliseconds since 1970.
 * @throws when the sweep gets no further.
 */
async function swept(bench: Bench, path: string, files: { own: string; idle: string }) {
  await using _product = await startProduct({ database: sqliteIn(bench.folder), ...watchOptions(files.own) });
  await using _idle = startIdle(files.idle);
  await sleep(startMs);
  const warmAt = Date.now();
  bench.say('waiting for the first sweep, a minute after the start');
  using db = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  // The sweep begins with the oldest, and an index has both ends: to count them all would disturb what is measured.
  const oldest = db.prepare('SELECT min(idle_expires_at) AS at FROM sessions');
  const newest = db.prepare('SELECT max(idle_expires_at) AS at FROM sessions');
  const first = Number(oldest.get()?.at);
  const last = Number(newest.get()?.at);
  let beganAt = warmAt;
  let movedAt = warmAt;
  let at = first;
  for (let left = oldest.get()?.at; left != null; left = oldest.get()?.at) {
    if (left !== at) movedAt = Date.now();
    if (Date.now() - movedAt > maxStillMs) throw new Error('The sweep got no further.');
    at = Number(left);
    if (at === first) beganAt = Date.now();
    else bench.progress('swept', (at - first) / (last - first));
    await sleep(pollMs);
  }
  const endedAt = Date.now();
  bench.progress('swept', 1);
  await sleep(lastSecondMs);
  return { warmAt, beganAt, endedAt };
}

const between = (stalls: Stall[], from: number, to: number) =>
  stalls.filter(({ at }) => at > from && at <= to);

/** A sentence on what the thread and the host did during a stall, as far as the system tells. */
function described({ ms, thread, stolenMs }: Stall): string {
  if (thread === undefined || stolenMs === undefined) return 'This system does not tell why.';
  const { ranMs, waitedMs } = thread;
  const neither = Math.max(0, ms - ranMs - waitedMs);
  return `Of its ${ms.toFixed(1)} ms the thread ran for ${ranMs.toFixed(1)} ms, waited ${waitedMs.toFixed(1)} ms for a core, and for ${neither.toFixed(1)} ms was neither running nor ready: it waited for the disk, or the host had stopped the core. In that second the host gave ${stolenMs} ms of all cores to others.`;
}

/** How many seconds were watched, and how many were worse than the goal. Each stall is the longest of its second. */
function summed(stalls: Stall[]): string {
  const over = stalls.filter(({ ms }) => ms > goalMs).length;
  return `${stalls.length.toLocaleString('en')} s, the longest stall ${longestOf(stalls).ms.toFixed(1)} ms, ${over} s with one of more than ${goalMs} ms`;
}
