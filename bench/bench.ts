// Measures Coatcheck beside other servers: `pnpm bench`.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundleChanged } from '../apps/api/build-changed.ts';
import { buildChanged } from '../apps/web/build-changed.ts';
import { chart } from './lib/chart.ts';
import { judge } from './lib/finding.ts';
import { readFlags, UsageError } from './lib/flags.ts';
import { readMachine } from './lib/machine.ts';
import { repository } from './lib/product.ts';
import { progressOf } from './lib/progress.ts';
import { scratchFolder } from './lib/scratch.ts';
import { markdown, plain, type Report } from './lib/table.ts';
import { rows } from './rows/index.ts';

// Ended from outside, the bench still removes its folders and ends its servers.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof UsageError ? error.message : (error as Error).stack}\n`);
  process.exit(1);
}

async function main() {
  const args = process.argv.slice(2);
  const known = rows.map(({ name }) => name);
  const flags = readFlags(args, known);
  if (existsSync(join(repository, '.env')))
    throw new UsageError(
      'The settings in .env would change the server that is measured. Move the file away.',
    );
  const report: Report = {
    machine: readMachine(),
    command: ['pnpm bench', ...args].join(' '),
    verdicts: [],
    leftOut: [],
  };
  // The server is measured as people get it, with its page.
  buildChanged();
  await bundleChanged();

  for (const row of rows.filter(({ name }) => flags.rows.includes(name))) {
    using scratch = scratchFolder();
    const outcome = await row.measure({ ...flags, ...progressOf(row.name), folder: scratch.path });
    if (Array.isArray(outcome)) report.verdicts.push(...outcome.map(judge));
    else report.leftOut.push({ row: row.name, reason: outcome.leftOut });
  }

  const folder = resolve(repository, flags.out);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'results.md'), markdown(report));
  writeFileSync(join(folder, 'results.svg'), chart(report));
  writeFileSync(join(folder, 'results.json'), `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(flags.json ? `${JSON.stringify(report, null, 2)}\n` : plain(report));
}
