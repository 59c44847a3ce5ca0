import type { EventType } from '@coatcheck/api-types';
import type { TestDatabase } from './database.ts';

const sequence = (count: number) =>
  `WITH RECURSIVE counted (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM counted WHERE i < ${count})`;

/**
 * Writes events of the past into an account's activity, in one statement and from 256 networks.
 * @param until the time of the last event; the others lie a second apart before it.
 */
export async function writeEvents(
  database: TestDatabase,
  accountId: string,
  type: EventType,
  count: number,
  until: number,
): Promise<void> {
  // 32 digits, like other ids of events. No other type has the same.
  const id = `'${Buffer.from(type).toString('hex').slice(0, 24).padEnd(24, '0')}' || (10000000 + i)`;
  await database.query(
    `${sequence(count)} INSERT INTO events
       (id, account_id, type, at, address, browser, system, session_id, new_device, count)
     SELECT ${id}, '${accountId}', '${type}', ${until} - (${count} - i) * 1000, '198.51.100.' || (i % 256),
       'Firefox', 'Linux', NULL, 0, 1 FROM counted`,
  );
}

/** Writes sessions of an account into the database, in one statement. They begin at `now` and are live for an hour. */
export async function writeSessions(
  database: TestDatabase,
  accountId: string,
  count: number,
  now: number,
): Promise<void> {
  await database.query(
    `${sequence(count)} INSERT INTO sessions (ticket_hash, id, account_id, created_at, last_seen_at,
       idle_expires_at, expires_at, remember, address, browser, system, remembered)
     SELECT 'hash ' || i || ' of ${accountId}', 'session ' || i || ' of ${accountId}', '${accountId}', ${now},
       ${now}, ${now + 3_600_000}, ${now + 7_200_000}, 0, '198.51.100.7', 'Firefox', 'Linux', '{}' FROM counted`,
  );
}
