import { join } from 'node:path';
import { ask } from './processes.ts';

/** Requests that are sent at fixed times, however long the answers take. */
export interface Pace {
  url: string;
  headers: Record<string, string>;
  /** Requests a second. */
  rate: number;
  seconds: number;
  connections: number;
}

/** How long the answers took, in milliseconds from the request to the end of the answer. */
export interface PaceResult {
  median: number;
  p99: number;
  longest: number;
  count: number;
}

const client = join(import.meta.dirname, '../clients/paced.ts');

/** Runs a paced load in a process of its own. @throws when an answer is not 200 */
export const runPaced = (pace: Pace): Promise<PaceResult> =>
  ask({ command: process.execPath, args: [client] }, pace);
