import type { Finding } from './finding.ts';
import type { Flags } from './flags.ts';

/** What a row is given to measure with. */
export interface Bench extends Pick<Flags, 'rounds' | 'seconds' | 'sessions'> {
  /** A new folder on a disk, for databases. It is removed when the row is over. */
  folder: string;
  /** Tells the person who waits what is going on. */
  say(line: string): void;
  /** Shows how far a long step is. @param share from 0 to 1 */
  progress(step: string, share: number): void;
}

/** The reason why a row could not be measured on this machine. */
export interface LeftOut {
  leftOut: string;
}

/** A row of the table, measured by itself. */
export interface Row {
  name: string;
  /** @returns its lines, or why it is left out. @throws when anything else but the expected answer came. */
  measure(bench: Bench): Promise<Finding[] | LeftOut>;
}
