import type {
  Account,
  StoredChallenge,
  StoredEvent,
  StoredLink,
  StoredPasskey,
  StoredSession,
} from '../records.ts';
import type { Value } from './work.ts';

// The columns of each table, once. A column has the name of its field in snake case: `passwordHash` is `password_hash`.
// The check fails when a field of a record is missing here, or is of another kind.

/** How a field is kept: a flag as 0 or 1, JSON as text. */
type Kind<Field> = [Field] extends [boolean]
  ? 'flag'
  : [Field] extends [number | null]
    ? 'number'
    : [Field] extends [string | null]
      ? 'text'
      : 'json';
type Kept<Field> = [Field] extends [boolean] ? 0 | 1 : [Field] extends [Value] ? Field : string;
type Snake<Name> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${Snake<Rest>}`
  : '';
/** A row that holds a record. */
type Row<Stored> = { [Field in keyof Stored as Snake<Field>]: Kept<Stored[Field]> };

/** The table `accounts`: its columns, and how a row becomes an {@link Account} and back. */
export const accounts = describeTable<Account>({
  id: 'text',
  username: 'text',
  passwordHash: 'text',
  displayName: 'text',
  email: 'text',
  createdAt: 'number',
});
/** A row of `accounts`. */
export type AccountRow = Row<Account>;

/** The table `sessions`: its columns, and how a row becomes a {@link StoredSession} and back. */
export const sessions = describeTable<StoredSession>({
  ticketHash: 'text',
  id: 'text',
  accountId: 'text',
  createdAt: 'number',
  lastSeenAt: 'number',
  idleExpiresAt: 'number',
  expiresAt: 'number',
  remember: 'flag',
  address: 'text',
  browser: 'text',
  system: 'text',
  remembered: 'json',
  aheadSince: 'number',
  passwordProvenAt: 'number',
  passkeyProvenAt: 'number',
});
/** A row of `sessions`. */
export type SessionRow = Row<StoredSession>;

/** The table `events` but for its account: its columns, and how a row becomes a {@link StoredEvent} and back. */
export const events = describeTable<StoredEvent>({
  id: 'text',
  type: 'text',
  at: 'number',
  address: 'text',
  browser: 'text',
  system: 'text',
  sessionId: 'text',
  newDevice: 'flag',
  count: 'number',
});
/** A row of `events`, without its account. */
export type EventRow = Row<StoredEvent>;

/** The table `passkeys`: its columns, and how a row becomes a {@link StoredPasskey} and back. */
export const passkeys = describeTable<StoredPasskey>({
  credentialId: 'text',
  id: 'text',
  accountId: 'text',
  publicKey: 'text',
  relyingPartyId: 'text',
  signCount: 'number',
  transports: 'json',
  name: 'text',
  createdAt: 'number',
  lastUsedAt: 'number',
  synced: 'flag',
});
/** A row of `passkeys`. */
export type PasskeyRow = Row<StoredPasskey>;

/** The table `links`: its columns, and how a row becomes a {@link StoredLink} and back. */
export const links = describeTable<StoredLink>({
  tokenHash: 'text',
  id: 'text',
  kind: 'text',
  accountId: 'text',
  createdAt: 'number',
  overAt: 'number',
  ended: 'text',
});
/** A row of `links`. */
export type LinkRow = Row<StoredLink>;

/** The table `challenges`: its columns, and how a row becomes a {@link StoredChallenge} and back. */
export const challenges = describeTable<StoredChallenge>({
  challengeHash: 'text',
  purpose: 'text',
  sessionId: 'text',
  network: 'text',
  createdAt: 'number',
  expiresAt: 'number',
});

/** The kind in which each field of a record is kept, in the order of the columns. */
type Fields<Stored> = { [Field in keyof Stored]: Kind<Stored[Field]> };

/**
 * @returns the columns of a table, and functions between records and rows.
 * @param fields every field of the record, and how it is kept.
 */
function describeTable<Stored extends object>(fields: Fields<Stored>) {
  const columns = Object.entries<string>(fields).map(([field, kind]) => ({
    field,
    kind,
    column: columnOf(field),
  }));
  type Anything = Record<string, unknown>;

  return {
    /**
     * The columns for a SELECT or RETURNING. They are named one by one, never `*`: a newer version may add columns
     * while this one is at work, and PostgreSQL refuses a prepared statement whose result would change its shape.
     */
    columns: columns.map(({ column }) => column).join(', '),

    /** @returns the row that holds this record. */
    toRow(record: Stored): Row<Stored> {
      const row: Anything = {};
      for (const { field, kind, column } of columns)
        row[column] = toColumn(kind, (record as Anything)[field]);
      return row as Row<Stored>;
    },

    /** @returns the record that a row holds. */
    toRecord(row: Row<Stored>): Stored {
      const record: Anything = {};
      for (const { field, kind, column } of columns)
        record[field] = fromColumn(kind, (row as Anything)[column]);
      return record as Stored;
    },
  };
}

/** @returns the column that a field of a record is kept in. */
export function columnOf(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function toColumn(kind: string, field: unknown): unknown {
  if (kind === 'flag') return field ? 1 : 0;
  return kind === 'json' ? JSON.stringify(field) : field;
}

function fromColumn(kind: string, value: unknown): unknown {
  if (kind === 'flag') return value === 1;
  return kind === 'json' ? JSON.parse(value as string) : value;
}
