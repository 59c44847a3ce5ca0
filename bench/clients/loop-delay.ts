// Loaded into a process with --import: watches its event loop, and at the end of the process writes to STALLS_FILE the
// longest stall of each second with what the main thread did meanwhile (bench/lib/stalls.ts has the shape).
import { appendFileSync, closeSync, openSync, readSync } from 'node:fs';
import type { Stall } from '../lib/stalls.ts';

/** Milliseconds between two looks at the clock, which every stall is counted from. */
const lookMs = 1;
/** Milliseconds of a clock tick: `sysconf(_SC_CLK_TCK)` is 100 on every Linux that Node runs on. */
const tickMs = 10;

const file = process.env.STALLS_FILE ?? '';
const stalls: Stall[] = [];
const buffer = Buffer.alloc(4_096);

/** @returns a function that reads the beginning of a file of /proc anew each time; '' where there is no such file. */
function proc(path: string): () => string {
  try {
    const descriptor = openSync(path, 'r');
    process.once('exit', () => closeSync(descriptor));
    return () => buffer.toString('latin1', 0, readSync(descriptor, buffer, 0, buffer.length, 0));
  } catch {
    return () => '';
  }
}

/** proc(5): the time that the main thread has run, and has waited for a core, in nanoseconds. */
const schedule = proc(`/proc/self/task/${process.pid}/schedstat`);
const threadTimes = () =>
  schedule()
    .split(' ', 2)
    .map((nanoseconds) => Number(nanoseconds) / 1e6);
/** proc(5): ticks that the host of a virtual machine gave to others, of all cores. */
const system = proc('/proc/stat');
const stolenMs = () => Number(system().split(/\s+/, 9)[8] ?? 0) * tickMs;

let longest: Stall | undefined;
let last = { at: performance.now(), times: threadTimes() };
setInterval(() => {
  const now = { at: performance.now(), times: threadTimes() };
  const ms = now.at - last.at - lookMs;
  if (ms > (longest?.ms ?? 0)) {
    const [ranMs = 0, waitedMs = 0] = now.times.map((time, index) => time - (last.times[index] ?? 0));
    longest = { at: Date.now(), ms, ranMs, waitedMs, stolenMs: 0 };
  }
  last = now;
}, lookMs).unref();

let stolen = stolenMs();
setInterval(() => {
  const now = stolenMs();
  if (longest) stalls.push({ ...longest, stolenMs: now - stolen });
  stolen = now;
  longest = undefined;
}, 1_000).unref();

// Not before: a write to a disk would be a stall of its own.
process.once('exit', () => appendFileSync(file, JSON.stringify(stalls)));
