import { bound, figure, range } from './figures.ts';
import type { Verdict } from './finding.ts';
import type { Machine } from './machine.ts';

/** All that a run of the bench found. */
export interface Report {
  machine: Machine;
  /** The command line that was typed. */
  command: string;
  verdicts: Verdict[];
  /** Rows that could not be measured, and why. */
  leftOut: { row: string; reason: string }[];
}

const head = [
  'row',
  'ratio',
  'spread',
  'goal',
  'holds',
  'measured',
  'against',
  'µs a request',
  'ratio of µs',
];

/** @returns the report as Markdown: machine, table, notes. */
export function markdown(report: Report): string {
  const cells = [head, ...report.verdicts.map(line)];
  const rows = cells.map((row) => `| ${row.join(' | ')} |`);
  rows.splice(1, 0, `| ${head.map(() => '---').join(' | ')} |`);
  return [
    '# What was measured',
    '',
    '![Each figure against its goal](results.svg)',
    '',
    ...circumstances(report),
    '',
    ...rows,
    '',
    explanation,
    '',
    ...notes(report),
    '',
  ].join('\n');
}

/** @returns the report for a terminal, with columns of even width. */
export function plain(report: Report): string {
  const cells = [head, ...report.verdicts.map(line)];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const rows = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  rows.splice(1, 0, widths.map((width) => '─'.repeat(width)).join('  '));
  return ['', ...circumstances(report), '', ...rows, '', explanation, '', ...notes(report), ''].join('\n');
}

const explanation =
  'A ratio is what was measured divided by what stands against it, in one round; the table has the median of all rounds, the spread goes from the lowest to the highest. Microseconds are of processor time of the server; the ratio of these holds on busy machines, too.';

function line(verdict: Verdict): string[] {
  const { name, ratio, own, other, goal, holds, unit, ownMicros, otherMicros, microsRatio } = verdict;
  const micros = [ownMicros, otherMicros].flatMap((spread) => (spread ? figure(spread.median) : []));
  return [
    name,
    ratio ? figure(ratio.median) : '',
    range(ratio ?? own),
    goal ? bound(goal) : '',
    holds === undefined ? '' : holds ? '✓ yes' : '✗ no',
    `${figure(own.median)} ${unit}`,
    other ? figure(other.median) : '',
    micros.join(' : '),
    microsRatio ? figure(microsRatio.median) : '',
  ];
}

function circumstances({ machine, command }: Report): string[] {
  const gib = figure(machine.memoryBytes / 2 ** 30);
  const versions = Object.entries(machine.versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${machine.date.slice(0, 16).replace('T', ' ')} UTC, Coatcheck ${machine.commit}, \`${command}\``,
    '',
    `${machine.cores} cores (${machine.processor}), ${gib} GiB, ${machine.system}, Node ${machine.node}. Load before the run: ${figure(machine.loadBefore)}. Client, servers and databases share the cores.`,
    '',
    `With ${versions.join(', ')}.`,
  ];
}

function notes({ verdicts, leftOut }: Report): string[] {
  return [
    ...verdicts.map(({ name, what, against, notes: sentences }) =>
      [`- **${name}**: ${what}${against === undefined ? '' : `, against ${against}`}.`, ...sentences].join(
        ' ',
      ),
    ),
    ...leftOut.map(({ row, reason }) => `- **${row}** was left out: ${reason}`),
  ];
}
