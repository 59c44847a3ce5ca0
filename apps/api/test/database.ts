import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import pg from 'pg';
import { inject } from 'vitest';
import { databasesAt } from './postgres.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Which of the two databases this run of the tests is about. */
    engine: 'sqlite' | 'postgres';
    /** The path that servers live below in this run, without a slash at its end; empty: they live at the root. */
    basePath: string;
    /** Whether this is a run of `pnpm test:long`. */
    isLong: boolean;
    /** How often a race is run. */
    rounds: number;
    /** Where the run's PostgreSQL listens. */
    postgresPort: number;
  }
}

/** An empty database of this run's engine, for one test. */
export interface TestDatabase {
  /** For DATABASE_URL. */
  url: string;
  /** Runs SQL over a connection of its own. @returns the rows of the last statement. */
  query<Row = Record<string, unknown>>(sql: string): Promise<Row[]>;
  /** @returns all rows of all its tables. */
  dump(): Promise<Record<string, unknown[]>>;
  /** Keeps all other connections from writing. @returns a function that ends this. */
  holdWrites(): Promise<() => Promise<void>>;
  /** Empties it after the last connection is closed. @returns all that was stored, as text to be searched. */
  empty(): Promise<string>;
}

/** Makes an empty database of this run's engine. */
export const makeDatabase = (): Promise<TestDatabase> =>
  inject('engine') === 'postgres' ? makePostgres() : makeSqlite();

// A disk in memory where there is one: thousands of synchronous commits would take minutes on a real one.
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

async function makeSqlite(): Promise<TestDatabase> {
  const folder = mkdtempSync(join(memory, 'coatcheck-'));
  const path = join(folder, 'coatcheck.db');

  async function query<Row>(sql: string) {
    const db = new Database(path);
    try {
      const statement = db.prepare(sql);
      if (statement.reader) return statement.all() as Row[];
      statement.run();
      return [];
    } finally {
      db.close();
    }
  }

  return {
    url: `sqlite:${path}`,
    query,
    dump: () => dump(query, `SELECT name FROM sqlite_schema WHERE type = 'table'`),
    async holdWrites() {
      const other = new Database(path);
      other.exec('BEGIN IMMEDIATE');
      return async () => void other.close();
    },
    async empty() {
      const files = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1'));
      rmSync(folder, { recursive: true });
      return files.join('');
    },
  };
}

// A new database takes a tenth of a second. To empty a database that a test has left takes a hundredth.
const spare: string[] = [];

async function makePostgres(): Promise<TestDatabase> {
  const databases = databasesAt(inject('postgresPort'));
  const name = spare.pop() ?? (await databases.create());
  const query = <Row>(sql: string) => databases.query<Row>(name, sql);
  const tables = `SELECT tablename AS name FROM pg_tables
                  WHERE schemaname = 'public' AND tablename <> 'coatcheck_schema'`;
  return {
    url: databases.url(name),
    query,
    dump: () => dump(query, tables),
    async holdWrites() {
      const other = new pg.Client(databases.url(name));
      await other.connect();
      const names = (await other.query(tables)).rows.map((table) => table.name);
      await other.query(`BEGIN; LOCK TABLE ${names.join(', ')} IN SHARE MODE`);
      return () => other.end();
    },
    async empty() {
      // One connection for all: each new one costs both sides some milliseconds.
      const client = new pg.Client(databases.url(name));
      await client.connect();
      try {
        const stored = await dump(async (sql) => (await client.query(sql)).rows, tables);
        await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
        spare.push(name);
        return JSON.stringify(stored);
      } finally {
        await client.end();
      }
    },
  };
}

async function dump(query: TestDatabase['query'], tables: string) {
  const rows: Record<string, unknown[]> = {};
  for (const { name } of await query<{ name: string }>(tables))
    rows[name] = await query(`SELECT * FROM ${name}`);
  return rows;
}
