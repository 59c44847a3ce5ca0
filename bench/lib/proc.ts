import { existsSync, readFileSync } from 'node:fs';

// Linux tells everybody what a process has used. Other systems do not, and their figures are left out.

/** Milliseconds of a clock tick: `sysconf(_SC_CLK_TCK)` is 100 on every Linux that Node runs on. */
export const tickMs = 10;

/** @returns milliseconds of processor time that a process and its children have used; undefined: the system does not tell. */
export function processorMs(pid: number): number | undefined {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === undefined) return undefined;
  // proc(5): the name in brackets may have spaces; behind it, utime and stime are the 12th and 13th.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const own = (Number(fields[11]) + Number(fields[12])) * tickMs;
  return childrenOf(pid).reduce((sum, child) => sum + (processorMs(child) ?? 0), own);
}

/** @returns bytes of memory that a process holds (resident set size); undefined: the system does not tell. */
export function residentBytes(pid: number): number | undefined {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

const childrenOf = (pid: number): number[] =>
  (read(`/proc/${pid}/task/${pid}/children`) ?? '').split(' ').filter(Boolean).map(Number);

const read = (path: string): string | undefined =>
  existsSync(path) ? readFileSync(path, 'utf8') : undefined;
