import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { PostgresAddress } from '../database-url.ts';
import { StoreUnusable } from '../errors.ts';
import { inTheWay, reasonOf } from './postgres-errors.ts';
import { migrations } from './schema.ts';

/** Times that a migration begins again. */
const maxAttempts = 10;
/** Key of the advisory lock that every migration takes: the letters "coat". */
const migrationLock = 0x63_6f_61_74;

/**
 * Milliseconds that a migration waits for a table. Requests behind it wait as well, and must not run into their
 * timeout.
 */
const lockTimeoutMs = 3_000;
/**
 * Tables that migrations change and servers at work write, since which schema, in the order in which a login takes
 * them. Locked in another order, a migration and a login would each wait for the other.
 */
const writtenInOrder = [
  { table: 'accounts', since: 1 },
  { table: 'sessions', since: 1 },
  { table: 'events', since: 3 },
];

/**
 * Selects the name of a table that somebody made, in any schema: neither PostgreSQL itself nor an extension, whose
 * tables come with it.
 */
const foreignTables = `SELECT relname::text FROM pg_class
  WHERE relkind IN ('r', 'p', 'v', 'm', 'f')
    AND relnamespace::regnamespace::text !~ '^(pg_|information_schema$)'
    AND NOT EXISTS (SELECT 1 FROM pg_depend
                    WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')
  LIMIT 1`;

const dialect = { time: 'BIGINT', table: '', byKey: '' };

/**
 * Brings the schema up to date, on a connection of its own that may wait for long. Of several processes that start at
 * once one migrates, and the others find it done. The migration begins again when the work of an older version got in
 * its way.
 * @param alone whether no other process of ours may be connected.
 * @throws {StoreUnusable} when the database cannot be reached or used.
 */
export async function migrate(address: PostgresAddress & pg.ClientConfig, alone: boolean) {
  for (let left = maxAttempts; ; left -= 1) {
    try {
      return await migrateOnce(address, alone);
    } catch (error) {
      const { code } = error as { code?: string };
      if (left > 0 && inTheWay.test(code ?? '')) {
        await pause(Math.random() * 1_000);
        continue;
      }
      const { host, port, database } = address;
      throw new StoreUnusable(
        `${database} at ${host}:${port} cannot be used: ${reasonOf(error)}.${adviceOn(code)}`,
      );
    }
  }
}

/** @returns what to do about an error. An error without a code is of this file and says it itself. */
function adviceOn(code?: string): string {
  if (code === undefined) return '';
  if (inTheWay.test(code)) return ' Another program has locked its tables. Try again when it is done.';
  return ' Check the address, and that PostgreSQL runs there.';
}

async function migrateOnce(address: PostgresAddress & pg.ClientConfig, alone: boolean) {
  const client = new pg.Client(address);
  client.on('error', () => {});
  try {
    await client.connect();
    if (alone) await requireAlone(client);
    await client.query(`BEGIN; SELECT pg_advisory_xact_lock(${migrationLock})`);
    const done = await schemaOf(client);
    const rest = migrations.slice(done);
    const tables = writtenInOrder.filter(({ since }) => done >= since).map(({ table }) => table);
    if (rest.length > 0 && tables.length > 0) {
      await client.query(
        `SET LOCAL lock_timeout = ${lockTimeoutMs}; LOCK TABLE ${tables.join(', ')} IN SHARE MODE`,
      );
    }
    for (const migration of rest) await client.query(migration(dialect));
    await client.query(`UPDATE coatcheck_schema SET version = ${migrations.length}; COMMIT`);
  } finally {
    await client.end().catch(() => {});
  }
}

async function requireAlone(client: pg.Client) {
  const { rows } = await client.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database()
       AND application_name LIKE 'coatcheck%' AND application_name <> current_setting('application_name')`,
  );
  if (rows.length > 0) throw new Error('it is in use: stop the servers on it first');
}

/** @returns the version of the schema that is there: 0, and a table to note it in, where there was none. */
async function schemaOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query(
    `SELECT to_regclass('coatcheck_schema') AS ours, (${foreignTables}) AS foreign_table,
       current_setting('server_encoding') AS encoding`,
  );
  if (rows[0].encoding !== 'UTF8') throw new Error(`its encoding is ${rows[0].encoding} and has to be UTF8`);
  if (!rows[0].ours) {
    const table = rows[0].foreign_table;
    if (table) {
      throw new Error(
        `it holds ${JSON.stringify(table)} of another program: give Coatcheck a database of its own`,
      );
    }
    await client.query(
      'CREATE TABLE coatcheck_schema (version INTEGER NOT NULL); INSERT INTO coatcheck_schema VALUES (0)',
    );
  }
  const [mark] = (await client.query('SELECT version FROM coatcheck_schema')).rows;
  if (!mark) throw new Error('its table coatcheck_schema is empty: give Coatcheck a database of its own');
  const { version } = mark;
  if (version > migrations.length) {
    throw new Error(
      `it has schema ${version} and this version knows ${migrations.length}: start the newer version that wrote it`,
    );
  }
  return version;
}
