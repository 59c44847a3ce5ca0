import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startedProcess } from './processes.ts';

/** The longest stall of an event loop in a second. */
export interface Stall {
  /** The moment of its end, milliseconds since 1970. */
  at: number;
  /** Its length in milliseconds: from one look at the clock to the next, less the millisecond that lies between them. */
  ms: number;
  /** What the thread did between these two looks; left out where the system does not tell. */
  thread?: {
    /** Milliseconds in which it ran. */
    ranMs: number;
    /** Milliseconds in which it was ready to run, and another thread of this machine had the core. */
    waitedMs: number;
  };
  /** Milliseconds of the second, of all cores together, that the host gave to others, in steps of 10; left out as above. */
  stolenMs?: number;
}

/** Arguments and variables of a Node process that writes its stalls to a file when it ends. */
export const watchOptions = (file: string) => ({
  nodeArgs: ['--import', join(import.meta.dirname, '../clients/stall-watch.ts')],
  env: { STALLS_FILE: file },
});

/** Starts a process that only watches itself: its stalls are those of the machine. */
export function startIdle(file: string): AsyncDisposable {
  const { nodeArgs, env } = watchOptions(file);
  const idle = `process.on('SIGTERM', () => process.exit()); setInterval(() => {}, 1_000_000)`;
  return startedProcess({ command: process.execPath, args: [...nodeArgs, '--eval', idle], env });
}

/**
 * @returns the longest stall of each second in which there was any, once the process has ended.
 * @throws when it ended in another way than by itself: then it wrote nothing.
 */
export const readStalls = (file: string): Stall[] => JSON.parse(readFileSync(file, 'utf8'));

/** @returns the longest of some stalls. @throws {RangeError} when there is none. */
export function longestOf(stalls: Stall[]): Stall {
  const [first, ...others] = stalls;
  if (!first) throw new RangeError('Nothing was measured.');
  return others.reduce((longest, stall) => (stall.ms > longest.ms ? stall : longest), first);
}
