import { hash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { PostgresAddress } from '../database-url.ts';
import { StoreUnavailable } from '../errors.ts';
import type { Engine } from './engine.ts';
import { answered, disturbances } from './postgres-errors.ts';
import { migrate } from './postgres-migrate.ts';
import { type AccountRow, accounts, type SessionRow, sessions } from './tables.ts';
import { one, type Work } from './work.ts';

/** Connections of one process: more would only wait in the database instead of here. */
const maxConnections = 10;
/** Milliseconds to wait for a connection, free or new. */
const connectTimeoutMs = 3_000;
/** Milliseconds that a statement may take. */
const statementTimeoutMs = 5_000;
/** Times that a transaction begins again after another transaction got in its way. */
const maxAttempts = 10;

/**
 * Opens PostgreSQL, or a server that speaks its protocol, over a bounded pool. The session of a connection holds
 * nothing, so that a pooler in transaction mode may stand between: the limits of a transaction are set in the
 * transaction.
 * @param options `alone`: no other process of ours may be connected now.
 * @throws {StoreUnusable} when the database cannot be reached or used.
 */
export async function openPostgres(address: PostgresAddress, { alone = false } = {}): Promise<Engine> {
  const introduction = {
    // A process that wants to be alone tells the others from itself by this name.
    application_name: alone ? `coatcheck ${randomUUID()}` : 'coatcheck',
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
  };
  await migrate({ ...address, ...introduction }, alone);
  const pool = new pg.Pool({
    ...address,
    ...introduction,
    max: maxConnections,
    query_timeout: statementTimeoutMs,
    types: { getTypeParser },
  });
  // A connection that breaks while it is idle leaves the pool by itself, so its error needs no handling here.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));

  return {
    read: (work) => run(pool, work),
    write: (work) => undisturbed(() => transaction(pool, (client) => run(client, work()))),

    // One statement, so that the look-up costs one round trip.
    *lookUp(ticketHash) {
      const found = yield* one<SessionRow & { account: AccountRow | null }>(
        `SELECT session.*, to_json(accounts) AS account
         FROM (SELECT ${sessions.columns} FROM sessions WHERE ticket_hash = ?) AS session
         LEFT JOIN accounts ON accounts.id = session.account_id`,
        ticketHash,
      );
      if (!found) return undefined;
      const { account, ...session } = found;
      return { session: sessions.toRecord(session), account: account && accounts.toRecord(account) };
    },
    recall: () => undefined,

    // This lock is weak enough that an event which refers to the account need not wait.
    lockingRows: 'FOR NO KEY UPDATE',

    // VACUUM and the write-ahead log are the server's own: docs/data-retention.md says what they keep, and how long.
    noteErasure() {},
    overwriteErased: async () => {},

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

// The limits are in one message with BEGIN, so that they cost no round trip of their own.
const begin = `BEGIN; SET LOCAL statement_timeout = ${statementTimeoutMs};
               SET LOCAL idle_in_transaction_session_timeout = ${2 * statementTimeoutMs}`;

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

/** Begins work again that was undone by a deadlock or by another transaction's commit. */
async function undisturbed<T>(work: () => Promise<T>): Promise<T> {
  for (let left = maxAttempts; ; left -= 1) {
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

/**
 * @returns a statement as the protocol wants it: numbered places, and a name under which a connection keeps it
 * prepared.
 */
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
