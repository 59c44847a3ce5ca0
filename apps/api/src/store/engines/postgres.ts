import { hash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { PostgresAddress } from '../database-url.ts';
import { StoreUnavailable, StoreUnusable } from '../errors.ts';
import type { Engine } from './engine.ts';
import { migrations } from './schema.ts';
import { type AccountRow, type SessionRow, sessions } from './tables.ts';
import { one, type Work } from './work.ts';

/** Connections of one process: more would only wait in the database instead of here. */
const poolSize = 10;
/** Milliseconds to wait for a connection, free or new. */
const connectTimeout = 3_000;
/** Milliseconds a statement may take; then nobody waits for it any longer. */
const statementTimeout = 5_000;
/** How often a transaction is begun again that another one got in the way of. */
const tries = 10;
/** What all who migrate lock: the letters "coat". */
const migrationLock = 0x63_6f_61_74;

/** Milliseconds a migration waits for a table: whoever comes behind it waits as well, and must not lose patience. */
const lockTimeout = 3_000;
/**
 * Tables that migrations change and servers at work write, since which schema, in the order in which a login takes
 * them. Locked in another order, a migration and a login would each wait for the other.
 */
const writtenInOrder = [
  { table: 'accounts', since: 1 },
  { table: 'sessions', since: 1 },
  { table: 'events', since: 3 },
];

const dialect = { time: 'BIGINT', table: '', byKey: '' };

/**
 * PostgreSQL, or what speaks its protocol, over a bounded pool. Nothing is kept in the session of a connection, so
 * that a pooler in transaction mode may stand between: the limits of a transaction are set in the transaction.
 * @param options `alone`: no other of our processes may be connected now.
 * @throws {StoreUnusable} when it cannot be reached or used.
 */
export async function openPostgres(address: PostgresAddress, { alone = false } = {}): Promise<Engine> {
  const introduction = {
    // By its name, one that wants to be alone tells the others from itself.
    application_name: alone ? `coatcheck ${randomUUID()}` : 'coatcheck',
    connectionTimeoutMillis: connectTimeout,
    keepAlive: true,
  };
  await migrate({ ...address, ...introduction }, alone);
  const pool = new pg.Pool({
    ...address,
    ...introduction,
    max: poolSize,
    query_timeout: statementTimeout,
    types: { getTypeParser },
  });
  // A connection that breaks while nothing is asked of it leaves the pool by itself; whoever asks next is told.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));

  return {
    read: (work) => run(pool, work),
    write: (work) => undisturbed(() => transaction(pool, (client) => run(client, work()))),

    // One question, one journey.
    *lookUp(ticketHash) {
      const found = yield* one<SessionRow & { account: AccountRow | null }>(
        `SELECT session.*, to_json(accounts) AS account
         FROM (SELECT ${sessions.columns} FROM sessions WHERE ticket_hash = ?) AS session
         LEFT JOIN accounts ON accounts.id = session.account_id`,
        ticketHash,
      );
      if (!found) return undefined;
      const { account, ...session } = found;
      return { session, account };
    },

    // Weak enough that an event which refers to the account need not wait.
    lockingRows: 'FOR NO KEY UPDATE',

    // VACUUM and the write-ahead log are the server's own: docs/operating.md says what they keep, and how long.
    forget() {},
    tidy: async () => {},

    close: () => pool.end(),
  };
}

async function run<T>(database: pg.Pool | pg.PoolClient, work: Work<T>): Promise<T> {
  let step = work.next();
  while (!step.done) {
    const { sql, values } = step.value;
    const { rows, rowCount } = await answered(() => database.query({ ...named(sql), values }));
    step = work.next({ rows, changes: rowCount ?? 0 });
  }
  return step.value;
}

// In one message with BEGIN, so that the limits cost no journey of their own.
const begin = `BEGIN; SET LOCAL statement_timeout = ${statementTimeout};
               SET LOCAL idle_in_transaction_session_timeout = ${2 * statementTimeout}`;

async function transaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await answered(() => pool.connect());
  try {
    await answered(() => client.query(begin));
    const outcome = await work(client);
    await answered(() => client.query('COMMIT'));
    client.release();
    return outcome;
  } catch (error) {
    // A connection that failed is closed, which rolls back as well.
    const failed = error instanceof StoreUnavailable || !(await client.query('ROLLBACK').catch(() => false));
    client.release(failed);
    throw error;
  }
}

/** Begins work again that a deadlock or another's commit undid. */
async function undisturbed<T>(work: () => Promise<T>): Promise<T> {
  for (let left = tries; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof pg.DatabaseError && disturbances.test(error.code ?? ''))) throw error;
      if (left === 0) throw new StoreUnavailable(error.code, { cause: error });
      await pause(Math.random() * 20);
    }
  }
}

const statements = new Map<string, { name: string; text: string }>();

/** A statement as the protocol wants it: numbered places, and a name under which a connection keeps it prepared. */
function named(sql: string) {
  let statement = statements.get(sql);
  if (statement === undefined) {
    let place = 0;
    const text = sql.replaceAll('?', () => `$${++place}`);
    statement = { name: hash('sha256', text, 'base64url').slice(0, 16), text };
    statements.set(sql, statement);
  }
  return statement;
}

/** BIGINT comes as text, since it can be larger than a number holds; milliseconds since 1970 cannot. */
const getTypeParser: typeof pg.types.getTypeParser = (oid: number, format?: unknown) =>
  oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format as 'text');

/** SQLSTATE of serialization_failure and deadlock_detected. */
const disturbances = /^(40001|40P01)/;
/** SQLSTATE of deadlock_detected and lock_not_available. */
const inTheWay = /^(40P01|55P03)/;
/**
 * SQLSTATE of what means that the database cannot serve now: no connection, read-only, no entrance, no such database,
 * out of disk or connections, a lock or a statement that took too long, being stopped or started, broken disks.
 */
const outages = /^(08|25006|28|3D|53|55P03|57|58|XX001|XX002)/;

/**
 * Awaits the driver. What it cannot get an answer to, or only that the database cannot serve, is an outage; any other
 * refusal is thrown as it is.
 */
async function answered<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof pg.DatabaseError && !outages.test(error.code ?? '')) throw error;
    throw new StoreUnavailable(reasonOf(error), { cause: error });
  }
}

/** In few words: an error with several addresses behind it has a code and no message. */
function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return message || code || 'no reason given';
}

/**
 * Brings the schema up to date, on a connection of its own that may wait for long: of several processes starting at
 * once one migrates, and the others find it done. Begun again where the work of an older version got in its way.
 */
async function migrate(address: PostgresAddress & pg.ClientConfig, alone: boolean) {
  for (let left = tries; ; left -= 1) {
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

/** What is said here, and has no code, says what to do as well. */
function adviceOn(code?: string): string {
  if (code === undefined) return '';
  if (inTheWay.test(code)) return ' Others hold its tables for long. Try again when they have gone.';
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
        `SET LOCAL lock_timeout = ${lockTimeout}; LOCK TABLE ${tables.join(', ')} IN SHARE MODE`,
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

/** The version of the schema that is there; 0, and a place to note it, where there was none. */
async function schemaOf(client: pg.Client): Promise<number> {
  const { rows } = await client.query(
    `SELECT to_regclass('coatcheck_schema') AS ours, to_regclass('accounts') AS accounts,
       current_setting('server_encoding') AS encoding`,
  );
  if (rows[0].encoding !== 'UTF8') throw new Error(`its encoding is ${rows[0].encoding} and has to be UTF8`);
  if (!rows[0].ours) {
    if (rows[0].accounts) throw new Error('it has a table "accounts" of another program');
    await client.query(
      'CREATE TABLE coatcheck_schema (version INTEGER NOT NULL); INSERT INTO coatcheck_schema VALUES (0)',
    );
  }
  const { version } = (await client.query('SELECT version FROM coatcheck_schema')).rows[0];
  if (version > migrations.length) {
    throw new Error(
      `it has schema ${version} and this version knows ${migrations.length}: start the newer version that wrote it`,
    );
  }
  return version;
}
