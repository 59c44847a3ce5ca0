// Work yields the statements that the store sends to a database, and either engine runs it. SQLite runs it in one turn
// of the event loop, so that no statement of another request lands in its transaction. PostgreSQL answers over the
// network.

/** A statement of SQL. Each `?` stands for the value at its place. */
export interface Statement {
  sql: string;
  values: Value[];
}
/** A value as both databases keep it. */
export type Value = string | number | null;

/** The result of a statement. */
export interface Result {
  /** The rows of a SELECT, or of a RETURNING. */
  rows: unknown[];
  /** How many rows were inserted, updated or deleted. */
  changes: number;
}

/** A piece of work: yields statements, is given their results, returns its outcome. */
export type Work<T> = Generator<Statement, T, Result>;

/** Runs a statement. @returns all rows that it selects or returns. */
export function* all<Row>(sql: string, ...values: Value[]): Work<Row[]> {
  return (yield { sql, values }).rows as Row[];
}

/** Runs a statement. @returns the first row, or undefined. */
export function* one<Row>(sql: string, ...values: Value[]): Work<Row | undefined> {
  return (yield { sql, values }).rows[0] as Row | undefined;
}

/** Runs a statement. @returns how many rows it changed. */
export function* change(sql: string, ...values: Value[]): Work<number> {
  return (yield { sql, values }).changes;
}

/**
 * Inserts rows, whose keys are columns and are the same in each row.
 * @param more SQL that follows the rows, like ON CONFLICT.
 * @returns how many rows were inserted or changed.
 */
export function* insert(table: string, rows: object[], more = ''): Work<number> {
  const [first] = rows;
  if (!first) return 0;
  const columns = Object.keys(first);
  const places = `(${columns.map(() => '?').join(', ')})`;
  const sql = `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${rows.map(() => places).join(', ')} ${more}`;
  return yield* change(sql, ...rows.flatMap((row) => Object.values(row) as Value[]));
}
