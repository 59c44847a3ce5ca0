// Loaded into a process with --import: watches its event loop, and at the end of the process writes to STALLS_FILE the
// longest stall of each second with what the main thread did meanwhile (bench/lib/stalls.ts has the shape).
import { openSync, readSync, writeFileSync } from 'node:fs';
import { tickMs } from '../lib/proc.ts';
import type { Stall } from '../lib/stalls.ts';

/** Milliseconds between two looks at the clock. */
const lookMs = 1;
/** Milliseconds of what is kept together: a stall each. */
const secondMs = 1_000;

const file = process.env.STALLS_FILE ?? '';
const stalls: Stall[] = [];
const buffer = Buffer.alloc(4_096);

/** @returns a function that reads the beginning of a file of /proc; undefined where the system has no such file. */
function proc(path: string): (() => string) | undefined {
  try {
    const descriptor = openSync(path, 'r');
    return () => buffer.toString('latin1', 0, readSync(descriptor, buffer, 0, buffer.length, 0));
  } catch {
    return undefined;
  }
}

const schedule = proc(`/proc/self/task/${process.pid}/schedstat`);
/** proc(5): the milliseconds that the main thread has run, and has waited for a core. */
function threadTimes() {
  // The kernel brings the times of a running thread up to date when it is asked for them by getrusage(2), and reading
  // schedstat does not ask: without this they lag by up to one of its ticks, 4 ms or so.
  process.cpuUsage();
  const [ran, waited] = schedule?.().split(' ') ?? [];
  return ran === undefined ? undefined : { ranMs: Number(ran) / 1e6, waitedMs: Number(waited) / 1e6 };
}

const system = proc('/proc/stat');
/** proc(5): the milliseconds of all cores that the host of a virtual machine gave to others. */
const stolenMs = () => (system === undefined ? undefined : Number(system().split(/\s+/, 9)[8]) * tickMs);

let longest: Omit<Stall, 'stolenMs'> | undefined;
let last = { at: performance.now(), thread: threadTimes() };
setInterval(() => {
  const now = { at: performance.now(), thread: threadTimes() };
  const ms = now.at - last.at - lookMs;
  if (ms > (longest?.ms ?? 0)) {
    longest = { at: Date.now(), ms };
    if (now.thread && last.thread) {
      longest.thread = {
        ranMs: now.thread.ranMs - last.thread.ranMs,
        waitedMs: now.thread.waitedMs - last.thread.waitedMs,
      };
    }
  }
  last = now;
}, lookMs).unref();

let stolen = stolenMs();
setInterval(() => {
  const now = stolenMs();
  if (longest) {
    const host = now === undefined || stolen === undefined ? {} : { stolenMs: now - stolen };
    stalls.push({ ...longest, ...host });
  }
  stolen = now;
  longest = undefined;
}, secondMs).unref();

// Not before: a write to a disk would be a stall of its own.
process.once('exit', () => writeFileSync(file, JSON.stringify(stalls)));
