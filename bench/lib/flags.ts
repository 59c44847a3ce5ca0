import { parseArgs } from 'node:util';

/** The flags of `pnpm bench`, checked. */
export interface Flags {
  /** Names of the rows to measure, in the order of the table. */
  rows: string[];
  /** How often the sides of a ratio are measured. */
  rounds: number;
  /** Seconds that a measurement of requests a second lasts. */
  seconds: number;
  /** Sessions in the large database of the row `growth`, of a tenth as many accounts. The row `sweep` sweeps a tenth as many. */
  sessions: number;
  /** Folder of the table and the chart. */
  out: string;
  /** Whether the results go to standard output as JSON, instead of the table. */
  json: boolean;
}

/** The command line cannot be understood. The message says what is known. */
export class UsageError extends Error {}

const options = {
  only: { type: 'string', multiple: true },
  rounds: { type: 'string' },
  seconds: { type: 'string' },
  sessions: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'boolean' },
} as const;

const usage =
  'Known flags are --only ROW[,ROW…], --rounds N, --seconds N, --sessions N, --out FOLDER and --json.';

/**
 * Reads the command line.
 * @param args without the program and its file. @param known the names of all rows, in the order of the table
 * @throws {UsageError} for a flag or a row that is not known, or a value that cannot be used.
 */
export function readFlags(args: string[], known: string[]): Flags {
  const values = parse(args);
  const only = (values.only ?? []).flatMap((names) => names.split(',')).map((name) => name.trim());
  for (const name of only) {
    if (!known.includes(name))
      throw new UsageError(`There is no row ${JSON.stringify(name)}. Known rows are ${known.join(', ')}.`);
  }
  return {
    rows: only.length === 0 ? known : known.filter((name) => only.includes(name)),
    rounds: integer('rounds', values.rounds, 5, 1),
    seconds: integer('seconds', values.seconds, 5, 1),
    sessions: integer('sessions', values.sessions, 10_000_000, 20_000),
    out: values.out ?? 'bench/results',
    json: values.json ?? false,
  };
}

function parse(args: string[]) {
  try {
    // pnpm passes on the -- that parts its own flags from these.
    return parseArgs({ args: args.filter((arg) => arg !== '--'), options }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('. ')[0]}. ${usage}`);
  }
}

function integer(name: string, text: string | undefined, fallback: number, min: number): number {
  if (text === undefined) return fallback;
  if (!/^\d{1,9}$/.test(text) || Number(text) < min)
    throw new UsageError(`--${name} takes a whole number from ${min} up, and not ${JSON.stringify(text)}.`);
  return Number(text);
}
