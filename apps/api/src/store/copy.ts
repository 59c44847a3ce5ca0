import { createHash } from 'node:crypto';
import type { DatabaseAddress } from './database-url.ts';
import type { Engine } from './engines/engine.ts';
import { copiedTables } from './engines/schema.ts';
import { all, change, insert, one, type Value } from './engines/work.ts';
import { StoreUnusable } from './errors.ts';
import { openEngine, requireDatabase } from './open.ts';

/** Rows that are read and written at a time. */
const pageRows = 500;

type Row = Record<string, Value>;
type Table = (typeof copiedTables)[number];

/** The number of rows of each table, and a digest of them that does not depend on their order. */
type Inventory = Record<string, { rows: number; digest: string }>;

/**
 * Called while a copy goes on.
 * @param doing the step. @param table the table. @param rows how many rows of the table are done, out of `of`.
 */
export type Progress = (
  doing: 'Reading' | 'Copying' | 'Checking',
  table: string,
  rows: number,
  of: number,
) => void;

/**
 * Copies all that one database holds into an empty one, whichever engines they have. Sessions live on. A copy that was
 * interrupted goes on where it stopped. No other process may use either database meanwhile.
 * @param from the source, which is read only.
 * @param to the target.
 * @returns how many rows each table has in both databases, after their contents were compared.
 * @throws {StoreUnusable} when the source is empty, when the target holds anything but a part of this copy, or when a
 * database cannot be used or is in use.
 */
export async function copyDatabase(
  from: DatabaseAddress,
  to: DatabaseAddress,
  progress: Progress,
): Promise<Inventory> {
  requireDatabase(from);
  const source = await openEngine(from, { alone: true });
  try {
    const inventory = await takeInventory(source, 'Reading', progress);
    if (Object.values(inventory).every(({ rows }) => rows === 0)) {
      throw new StoreUnusable('The database to copy from is empty.');
    }
    const target = await openEngine(to, { alone: true });
    try {
      await copyInto(target, source, inventory, progress);
    } finally {
      await target.close();
    }
    return inventory;
  } finally {
    await source.close();
  }
}

async function copyInto(target: Engine, source: Engine, inventory: Inventory, progress: Progress) {
  const identity = JSON.stringify(inventory);
  const done = await begin(target, identity);
  for (const table of copiedTables) {
    const { rows } = inventory[table.name] ?? { rows: 0 };
    let copied = (await target.read(one<{ rows: number }>(countOf(table))))?.rows ?? 0;
    progress('Copying', table.name, copied, rows);
    for await (const page of pages(source, table, done[table.name])) {
      done[table.name] = keyOf(table, page.at(-1));
      await target.write(function* () {
        yield* insert(table.name, page);
        yield* change('UPDATE unfinished_copy SET progress = ?', JSON.stringify(done));
      });
      copied += page.length;
      progress('Copying', table.name, copied, rows);
    }
  }

  const arrived = await takeInventory(target, 'Checking', progress);
  const different = copiedTables.find(({ name }) => arrived[name]?.digest !== inventory[name]?.digest);
  if (different) {
    throw new StoreUnusable(
      `The copy differs from the source in the table ${JSON.stringify(different.name)}. Empty the target and copy again.`,
    );
  }
  await target.write(() => change('DELETE FROM unfinished_copy'));
}

/** Marks the target as being filled from this source. @returns the last key of each table that has arrived. */
async function begin(target: Engine, identity: string): Promise<Record<string, Value[]>> {
  const begun = await target.read(one<{ source: string; progress: string }>('SELECT * FROM unfinished_copy'));
  if (begun?.source === identity) return JSON.parse(begun.progress);
  if (begun) {
    throw new StoreUnusable(
      'The target holds an unfinished copy of another database, or the source has changed since. Empty the target first.',
    );
  }
  for (const table of copiedTables) {
    const count = await target.read(one<{ rows: number }>(countOf(table)));
    if (count?.rows)
      throw new StoreUnusable(
        `The target is not empty: its table ${JSON.stringify(table.name)} has ${rowsOf(count.rows)}.`,
      );
  }
  await target.write(() => insert('unfinished_copy', [{ source: identity, progress: '{}' }]));
  return {};
}

async function takeInventory(
  engine: Engine,
  doing: 'Reading' | 'Checking',
  progress: Progress,
): Promise<Inventory> {
  const inventory: Inventory = {};
  for (const table of copiedTables) {
    const of = (await engine.read(one<{ rows: number }>(countOf(table))))?.rows ?? 0;
    let rows = 0;
    // A sum of digests is the same in whatever order an engine gives the rows.
    let sum = 0n;
    for await (const page of pages(engine, table)) {
      for (const row of page) sum += digestOf(row);
      rows += page.length;
      progress(doing, table.name, rows, of);
    }
    inventory[table.name] = { rows, digest: BigInt.asUintN(256, sum).toString(16) };
  }
  return inventory;
}

/** All rows of a table in the order of its key, as this engine sorts it, from behind a key on. */
async function* pages(engine: Engine, { name, key }: Table, after?: Value[]): AsyncGenerator<Row[]> {
  const columns = key.join(', ');
  const behind = `WHERE (${columns}) > (${key.map(() => '?').join(', ')})`;
  let last = after;
  for (;;) {
    const sql = `SELECT * FROM ${name} ${last ? behind : ''} ORDER BY ${columns} LIMIT ${pageRows}`;
    const page = await engine.read(all<Row>(sql, ...(last ?? [])));
    if (page.length > 0) yield page;
    if (page.length < pageRows) return;
    last = keyOf({ name, key }, page.at(-1));
  }
}

const rowsOf = (count: number) => `${count} row${count === 1 ? '' : 's'}`;
const keyOf = ({ key }: Table, row: Row | undefined): Value[] => key.map((column) => row?.[column] ?? null);
const countOf = ({ name }: Table) => `SELECT count(*) AS rows FROM ${name}`;
const digestOf = (row: Row) =>
  BigInt(
    `0x${createHash('sha256')
      .update(JSON.stringify(Object.values(row)))
      .digest('hex')}`,
  );
