import { hash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { openStore } from '../../apps/api/src/store/open.ts';

/** The rows that a database is filled with. */
export interface Seed {
  accounts: number;
  /** Account 0 has the sessions 0, n, 2n and so on of n accounts. */
  sessions: number;
  /** The Argon2id hash of every account's password. */
  passwordHash: string;
  /** Whether the sessions have reached their idle limit, a day ago, and wait for the sweep. */
  expired?: boolean;
}

/** Told how far the filling is. @param share from 0 to 1 */
export type Progress = (step: string, share: number) => void;

const dayMs = 24 * 60 * 60_000;
/** Characters of a public id (apps/api/src/session/ticket.ts). */
const idLength = 22;

/** @returns the ticket of a session of the seed: 43 characters, as the server takes them. */
export const ticketOf = (session: number): string => String(session).padStart(43, '0');

/** The beginning of the name of every account of the seed; its number follows. */
export const usernamePrefix = 'visitor';

/** @returns the name of an account of the seed. */
export const usernameOf = (account: number): string => `${usernamePrefix}${account}`;

/** @returns the public id of a session of the seed: the beginning of the hash of its ticket. */
export const sessionIdOf = (session: number): string => ticketHashOf(session).slice(0, idLength);

/** The hash of a ticket as the database keeps it (apps/api/src/session/ticket.ts). */
const ticketHashOf = (session: number): string => hash('sha256', ticketOf(session), 'base64url');

const accountIdOf = (account: number): string =>
  hash('sha256', `account ${account}`, 'base64url').slice(0, idLength);

/**
 * The times of sessions of people who stay logged in, in milliseconds: last used within the last week, or, when they
 * have expired, a fortnight and a day ago.
 */
export const times = (now: number, { expired = false }: Seed) => ({
  /** The last use of the session that was used last. */
  latest: now - (expired ? 15 * dayMs : 120_000),
  /** The last uses lie within as much before. */
  spread: expired ? 60_000 : 7 * dayMs - 120_000,
  /** From the start of a session to its last use. */
  ageMs: 60 * 60_000,
  idleMs: 14 * dayMs,
  lifetimeMs: 30 * dayMs,
});

/** The columns that a session of the seed has. */
export const sessionColumns =
  'ticket_hash, id, account_id, created_at, last_seen_at, idle_expires_at, expires_at, remember, address, browser, system, remembered';

/**
 * Makes a database with the schema of this version and fills it. No server may have it open.
 * @param path of the file, which is made.
 */
export async function seedSqlite(path: string, seed: Seed, progress: Progress): Promise<void> {
  await (await openStore({ path })).close();
  const db = new DatabaseSync(path);
  try {
    // Nobody needs this file if the filling is broken off.
    db.exec(`PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF;
             PRAGMA cache_size = -1000000`);
    const now = Date.now();
    const ids = Array.from({ length: seed.accounts }, (_, account) => accountIdOf(account));
    let hashed = { session: -1, ticketHash: '' };
    db.function('account_id', (account) => ids[Number(account)] ?? null);
    db.function('username', (account) => usernameOf(Number(account)));
    db.function('ticket_hash', (session) => {
      // A row asks twice: for the key, and for the id that begins like it.
      if (hashed.session !== session) {
        hashed = { session: Number(session), ticketHash: ticketHashOf(Number(session)) };
        if (hashed.session % 10_000 === 0) progress('sessions hashed', hashed.session / seed.sessions);
      }
      return hashed.ticketHash;
    });
    const numbers = 'WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)';
    // In the order of the keys, rows are appended; in another, every one would land on another page.
    db.prepare(
      `${numbers} INSERT INTO accounts (id, username, password_hash, created_at)
       SELECT account_id(i), username(i), ?2, ?3 FROM n ORDER BY 1`,
    ).run(seed.accounts, seed.passwordHash, now - 60 * dayMs);
    if (seed.sessions > 0) {
      const indexes = db
        .prepare(
          "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'sessions' AND sql IS NOT NULL",
        )
        .all() as { name: string; sql: string }[];
      for (const { name } of indexes) db.exec(`DROP INDEX ${name}`);
      const { latest, spread, ageMs, idleMs, lifetimeMs } = times(now, seed);
      const used = '?2 - (i * 7919) % ?3';
      db.prepare(
        `${numbers} INSERT INTO sessions (${sessionColumns})
         SELECT ticket_hash(i), substr(ticket_hash(i), 1, 22), account_id(i % ?4),
                ${used} - ${ageMs}, ${used}, ${used} + ${idleMs}, ${used} - ${ageMs} + ${lifetimeMs},
                1, '198.51.100.7', 'Firefox', 'Linux', '{}'
         FROM n ORDER BY 1`,
      ).run(seed.sessions, latest, spread, seed.accounts);
      progress('sessions hashed', 1);
      for (const [at, { sql }] of indexes.entries()) {
        db.exec(sql);
        progress('indexes', (at + 1) / indexes.length);
      }
    }
    db.exec('PRAGMA journal_mode = WAL');
  } finally {
    db.close();
  }
}

/**
 * Writes down a use of sessions at this moment, as if their people had been there within the last minute: the server
 * notes a use once a minute, and that is not what is measured.
 */
export function freshenSqlite(path: string, sessions: number[]): void {
  const db = new DatabaseSync(path, { timeout: 5_000 });
  try {
    const freshen = db.prepare('UPDATE sessions SET last_seen_at = ? WHERE ticket_hash = ?');
    const now = Date.now();
    db.exec('BEGIN IMMEDIATE');
    for (const session of sessions) freshen.run(now, ticketHashOf(session));
    db.exec('COMMIT');
  } finally {
    db.close();
  }
}
