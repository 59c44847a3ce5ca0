import type { Bench } from './row.ts';

const barWidth = 30;

/** @returns how a row tells the person who waits what is going on: on standard error, under the row's name. */
export function progressOf(row: string): Pick<Bench, 'say' | 'progress'> {
  const { stderr } = process;
  let lastTenth = -1;
  return {
    say: (line) => stderr.write(`${row}: ${line}\n`),
    progress(step, share) {
      const done = Math.round(share * barWidth);
      const bar = `${'█'.repeat(done)}${'░'.repeat(barWidth - done)}`;
      const text = `${row}: ${step} ${bar} ${Math.floor(share * 100)} %`;
      if (stderr.isTTY) stderr.write(`\r${text}${share >= 1 ? '\n' : ''}`);
      // A file gets a line for each tenth.
      else if (Math.floor(share * 10) !== lastTenth) stderr.write(`${text}\n`);
      lastTenth = Math.floor(share * 10);
    },
  };
}
