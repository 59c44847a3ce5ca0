// What the store wants from a database, written once and run by either engine: SQLite answers in the same tick, so
// that a transaction holds nothing of another request; PostgreSQL answers over the network.

/** One statement; each `?` stands for the value at its place. */
export interface Statement {
  sql: string;
  values: Value[];
}
export type Value = string | number | null;

export interface Answer {
  /** What it selected or returned. */
  rows: unknown[];
  /** How many rows it inserted, updated or deleted. */
  changes: number;
}

/** A piece of work: yields statements, is given their answers, returns its outcome. */
export type Work<T> = Generator<Statement, T, Answer>;

/** All rows of a SELECT, or of a RETURNING. */
export function* all<Row>(sql: string, ...values: Value[]): Work<Row[]> {
  return (yield { sql, values }).rows as Row[];
}

/** The first row. */
export function* one<Row>(sql: string, ...values: Value[]): Work<Row | undefined> {
  return (yield { sql, values }).rows[0] as Row | undefined;
}

/** Changes rows. @returns how many. */
export function* change(sql: string, ...values: Value[]): Work<number> {
  return (yield { sql, values }).changes;
}

/** Inserts rows of one shape. @param more what follows them, like ON CONFLICT. @returns how many were inserted. */
export function* insert(table: string, rows: object[], more = ''): Work<number> {
  const [first] = rows;
  if (!first) return 0;
  const columns = Object.keys(first);
  const places = `(${columns.map(() => '?').join(', ')})`;
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${rows.map(() => places).join(', ')} ${more}`;
  return yield* change(sql, ...rows.flatMap((row) => Object.values(row) as Value[]));
}
