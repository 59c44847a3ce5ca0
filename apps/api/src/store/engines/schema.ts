/** The words in which the schemas of the two engines differ. */
interface Dialect {
  /** A column of milliseconds since 1970. */
  time: string;
  /** The words after a table. */
  table: string;
  /** The words after a table that is kept in the order of its key, where the engine has such tables. */
  byKey: string;
}

/**
 * The schema, in steps of one version each. A released step is never changed; new ones are added. A step must leave the
 * version before it able to go on: while servers are replaced one by one, both are at work.
 */
export const migrations: ((dialect: Dialect) => string)[] = [
  ({ time, table, byKey }) => `
  CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    username TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    display_name TEXT,
    email TEXT,
    created_at ${time} NOT NULL
  ) ${byKey};

  -- Only live sessions are here. Ending one deletes its row, so no late write can bring it back.
  CREATE TABLE sessions (
    ticket_hash TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    account_id TEXT REFERENCES accounts (id),
    created_at ${time} NOT NULL,
    last_seen_at ${time} NOT NULL,
    idle_expires_at ${time} NOT NULL,
    expires_at ${time} NOT NULL,
    remember INTEGER NOT NULL,
    address TEXT NOT NULL,
    browser TEXT,
    system TEXT,
    remembered TEXT NOT NULL,
    CHECK (idle_expires_at <= expires_at)
  ) ${byKey};
  CREATE INDEX sessions_of_account ON sessions (account_id, last_seen_at);
  CREATE INDEX sessions_by_end ON sessions (idle_expires_at);

  CREATE TABLE tombstones (
    ticket_hash TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    ended_at ${time} NOT NULL
  ) ${byKey};
  CREATE INDEX tombstones_by_age ON tombstones (ended_at);

  CREATE TABLE login_failures (
    name_hash TEXT NOT NULL,
    network TEXT NOT NULL,
    failures INTEGER NOT NULL,
    last_at ${time} NOT NULL,
    PRIMARY KEY (name_hash, network)
  ) ${byKey};
  CREATE INDEX login_failures_by_age ON login_failures (last_at);

  CREATE TABLE familiar_networks (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    network TEXT NOT NULL,
    last_login_at ${time} NOT NULL,
    PRIMARY KEY (account_id, network)
  ) ${byKey};
  CREATE INDEX familiar_networks_by_age ON familiar_networks (last_login_at);

  CREATE TABLE windows (
    key TEXT PRIMARY KEY,
    points INTEGER NOT NULL DEFAULT 0,
    expire ${time}
  ) ${table};
  CREATE INDEX windows_by_end ON windows (expire);
  `,

  ({ time, byKey }) => `
  -- What one process at a time does for all.
  CREATE TABLE duties (
    name TEXT PRIMARY KEY,
    held_by TEXT NOT NULL,
    held_until ${time} NOT NULL
  ) ${byKey};
  INSERT INTO duties (name, held_by, held_until) VALUES ('sweep', '', 0), ('ready', '', 0);

  -- One row while this database is being filled from another, and until that is done.
  CREATE TABLE unfinished_copy (
    source TEXT PRIMARY KEY,
    progress TEXT NOT NULL
  ) ${byKey};
  `,

  ({ time, byKey }) => `
  -- What happened to an account. Goes with it by itself, so that the version before may delete accounts as well.
  CREATE TABLE events (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    type TEXT NOT NULL,
    at ${time} NOT NULL,
    address TEXT,
    browser TEXT,
    system TEXT,
    session_id TEXT,
    new_device INTEGER NOT NULL,
    count INTEGER NOT NULL
  ) ${byKey};
  CREATE INDEX events_of_account ON events (account_id, at, id);
  CREATE INDEX events_by_age ON events (at);
  `,

  () => `
  -- The oldest of one type, and the devices of logins, are found without a walk through all that happened.
  CREATE INDEX events_by_type ON events (account_id, type, at, id);
  CREATE INDEX logins_by_device ON events (account_id, browser, system) WHERE type IN ('registered', 'logged-in');
  -- Up to which event (held_until its time, held_by its id) the activity has been thinned.
  INSERT INTO duties (name, held_by, held_until) VALUES ('thin', '', 0);

  -- Sessions that were used in the future, by a clock that was ahead.
  CREATE INDEX sessions_by_use ON sessions (last_seen_at);

  -- Accounts that were deleted and whose events are still being removed.
  CREATE INDEX accounts_leaving ON accounts (id) WHERE password_hash = 'leaving';
  `,

  ({ time, table }) => `
  -- The assets of the page in one piece, by its version, for processes that have another one.
  CREATE TABLE assets (
    version TEXT PRIMARY KEY,
    put_at ${time} NOT NULL,
    content TEXT NOT NULL
  ) ${table};
  CREATE INDEX assets_by_age ON assets (put_at);
  `,

  ({ time }) => `
  -- When a sweep first found the session used in the future: its clock was ahead, or the sweep's was behind.
  ALTER TABLE sessions ADD COLUMN ahead_since ${time};
  `,

  ({ byKey }) => `
  -- Names of deleted accounts, by their hash and nothing else: they are not given out again. A server of the version before
  -- adds none and asks for none.
  CREATE TABLE left_names (
    name_hash TEXT PRIMARY KEY
  ) ${byKey};
  `,

  ({ time, byKey }) => `
  -- When the password was given, or a passkey shown, on a session. A server of the version before notes neither.
  ALTER TABLE sessions ADD COLUMN password_proven_at ${time};
  ALTER TABLE sessions ADD COLUMN passkey_proven_at ${time};

  -- What follows goes with its account by itself, so that the version before may delete accounts as well.
  CREATE TABLE passkeys (
    credential_id TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    public_key TEXT NOT NULL,
    relying_party_id TEXT NOT NULL,
    sign_count ${time} NOT NULL,
    transports TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at ${time} NOT NULL,
    last_used_at ${time},
    synced INTEGER NOT NULL
  ) ${byKey};
  CREATE INDEX passkeys_of_account ON passkeys (account_id, created_at);
  CREATE INDEX passkeys_of_host ON passkeys (relying_party_id);

  -- All codes of an account have one salt, so that one hash is compared with all of them.
  CREATE TABLE recovery_codes (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    code_hash TEXT NOT NULL,
    PRIMARY KEY (account_id, code_hash)
  ) ${byKey};

  CREATE TABLE links (
    token_hash TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    account_id TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    created_at ${time} NOT NULL,
    over_at ${time} NOT NULL,
    ended TEXT
  ) ${byKey};
  CREATE INDEX links_of_account ON links (account_id, kind);
  CREATE INDEX links_by_end ON links (over_at);

  -- What a passkey is to sign, for some minutes. A challenge belongs to a session, or to a login that has none.
  CREATE TABLE challenges (
    challenge_hash TEXT PRIMARY KEY,
    purpose TEXT NOT NULL,
    session_id TEXT,
    network TEXT NOT NULL,
    created_at ${time} NOT NULL,
    expires_at ${time} NOT NULL
  ) ${byKey};
  CREATE INDEX challenges_of_session ON challenges (session_id);
  CREATE INDEX challenges_of_network ON challenges (network, created_at) WHERE session_id IS NULL;
  CREATE INDEX challenges_by_end ON challenges (expires_at);
  `,
];

/** The tables that a copy takes along, with their keys, in an order that references allow. */
export const copiedTables: { name: string; key: string[] }[] = [
  { name: 'accounts', key: ['id'] },
  { name: 'sessions', key: ['ticket_hash'] },
  { name: 'tombstones', key: ['ticket_hash'] },
  { name: 'login_failures', key: ['name_hash', 'network'] },
  { name: 'familiar_networks', key: ['account_id', 'network'] },
  { name: 'windows', key: ['key'] },
  { name: 'events', key: ['id'] },
  { name: 'left_names', key: ['name_hash'] },
  { name: 'passkeys', key: ['credential_id'] },
  { name: 'recovery_codes', key: ['account_id', 'code_hash'] },
  { name: 'links', key: ['token_hash'] },
];
