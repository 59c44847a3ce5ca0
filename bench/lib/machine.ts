import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { repository } from './product.ts';

/** Where and with what the figures were measured. */
export interface Machine {
  /** ISO 8601 in UTC. */
  date: string;
  /** The version of Coatcheck, as git names it. */
  commit: string;
  cores: number;
  processor: string;
  memoryBytes: number;
  system: string;
  node: string;
  /** Processes that wanted a core in the minute before, on average. */
  loadBefore: number;
  /** Versions of the peers and the client, by name. */
  versions: Record<string, string>;
}

/** @returns this machine. It is to be called before anything is measured. */
export function readMachine(): Machine {
  const [first] = cpus();
  return {
    date: new Date().toISOString(),
    commit: git('describe', '--always', '--dirty'),
    cores: cpus().length,
    processor: first?.model.trim() ?? 'unknown',
    memoryBytes: totalmem(),
    system: `${type()} ${release()}`,
    node: process.versions.node,
    loadBefore: loadavg()[0] ?? 0,
    versions: versions(),
  };
}

function git(...args: string[]): string {
  try {
    return execFileSync('git', args, { cwd: repository, encoding: 'utf8', stdio: 'pipe' }).trim();
  } catch {
    return 'unknown';
  }
}

function versions(): Record<string, string> {
  const bench = JSON.parse(readFileSync(join(repository, 'bench/package.json'), 'utf8'));
  return bench.dependencies;
}
