import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startedProcess } from './processes.ts';

/** The longest stall of an event loop in a second, and what its thread did from one look at the clock to the next. */
export interface Stall {
  /** When it ended, milliseconds since 1970. */
  at: number;
  /** Milliseconds. */
  ms: number;
  /** Milliseconds of these in which the thread ran; NaN where the system does not tell. */
  ranMs: number;
  /** Milliseconds of these in which it was ready to run, and another thread of this machine had the core. */
  waitedMs: number;
  /** Milliseconds of that second, of all cores together, that the host gave to others: in steps of 10. */
  stolenMs: number;
}

/** How to start a Node process whose stalls are written to a file when it ends. */
export const watched = (file: string) => ({
  nodeArgs: ['--import', join(import.meta.dirname, '../clients/loop-delay.ts')],
  env: { STALLS_FILE: file },
});

/** Starts a process that only watches itself: its stalls are those of the machine. */
export function startIdle(file: string): AsyncDisposable {
  const { nodeArgs, env } = watched(file);
  const idle = `process.on('SIGTERM', () => process.exit()); setInterval(() => {}, 1_000_000)`;
  return startedProcess({ command: process.execPath, args: [...nodeArgs, '--eval', idle], env });
}

/** @returns the longest stall of each second in which there was any, once the process has ended. */
export const readStalls = (file: string): Stall[] => JSON.parse(readFileSync(file, 'utf8'));

/** @returns the longest of some stalls. @throws {RangeError} when there is none. */
export function longestOf(stalls: Stall[]): Stall {
  const [first, ...others] = stalls;
  if (!first) throw new RangeError('Nothing was measured.');
  return others.reduce((longest, stall) => (stall.ms > longest.ms ? stall : longest), first);
}
