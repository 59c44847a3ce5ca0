import { readDatabaseUrl } from '../../apps/api/src/store/database-url.ts';
import { openStore } from '../../apps/api/src/store/open.ts';
import { repository } from './product.ts';
import { type Progress, type Seed, sessionColumns, times, usernamePrefix } from './seed.ts';

/** Sessions that are written in one statement. */
const batch = 250_000;

/** Runs SQL in the database. */
type Query = (sql: string) => Promise<unknown>;

/** Gives the same tickets, ids and names as `seed.ts` does. */
const functions = `
  CREATE FUNCTION bench_hash(text) RETURNS text LANGUAGE sql IMMUTABLE AS
    $$ SELECT rtrim(translate(encode(sha256(convert_to($1, 'UTF8')), 'base64'), '+/', '-_'), '=') $$;
  CREATE FUNCTION bench_ticket_hash(bigint) RETURNS text LANGUAGE sql IMMUTABLE AS
    $$ SELECT bench_hash(lpad($1::text, 43, '0')) $$;
  CREATE FUNCTION bench_account_id(bigint) RETURNS text LANGUAGE sql IMMUTABLE AS
    $$ SELECT left(bench_hash('account ' || $1), 22) $$`;

/** Makes the schema of this version in an empty database and fills it. @param url DATABASE_URL of the database */
export async function seedPostgres(url: string, query: Query, seed: Seed, progress: Progress): Promise<void> {
  await (await openStore(readDatabaseUrl(url, repository))).close();
  await query(functions);
  const now = Date.now();
  await query(`INSERT INTO accounts (id, username, password_hash, created_at)
    SELECT bench_account_id(i), '${usernamePrefix}' || i, '${seed.passwordHash}', ${now - 60 * 86_400_000}
    FROM generate_series(0, ${seed.accounts - 1}) AS i`);
  const { latest, spread, idleMs, lifetimeMs, ageMs } = times(now, seed);
  // Indexes and keys are made at the end, in one go; the references are right by construction.
  const keys = (await query(`SELECT conname, pg_get_constraintdef(oid) AS definition FROM pg_constraint
    WHERE conrelid = 'sessions'::regclass AND contype IN ('p', 'u', 'f')`)) as Record<string, string>[];
  for (const { conname } of keys) await query(`ALTER TABLE sessions DROP CONSTRAINT ${conname}`);
  const indexes = (await query(
    `SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'sessions'`,
  )) as Record<string, string>[];
  for (const { indexname } of indexes) await query(`DROP INDEX ${indexname}`);
  for (let from = 0; from < seed.sessions; from += batch) {
    const to = Math.min(from + batch, seed.sessions) - 1;
    await query(`INSERT INTO sessions (${sessionColumns})
      SELECT h, left(h, 22), bench_account_id(i % ${seed.accounts}), used - ${ageMs}, used, used + ${idleMs},
             used - ${ageMs} + ${lifetimeMs}, 1, '198.51.100.7', 'Firefox', 'Linux', '{}'
      FROM (SELECT i, bench_ticket_hash(i) AS h, ${latest} - (i * 7919) % ${spread} AS used
            FROM generate_series(${from}::bigint, ${to}::bigint) AS i) AS made`);
    progress('sessions written', (to + 1) / seed.sessions);
  }
  const remade = [
    ...keys.map(({ conname, definition }) => `ALTER TABLE sessions ADD CONSTRAINT ${conname} ${definition}`),
    ...indexes.map(({ indexdef }) => indexdef ?? ''),
  ];
  // A reference needs the keys of both tables.
  for (const [at, sql] of remade.entries()) {
    await query(sql);
    progress('keys and indexes', (at + 1) / remade.length);
  }
  await query('VACUUM ANALYZE');
}

/** Writes down a use of sessions at this moment, as `freshenSqlite` does. */
export async function freshenPostgres(query: Query, sessions: number[]): Promise<void> {
  await query(`UPDATE sessions SET last_seen_at = ${Date.now()} WHERE ticket_hash IN
    (SELECT bench_ticket_hash(i) FROM unnest('{${sessions.join(',')}}'::bigint[]) AS i)`);
}
