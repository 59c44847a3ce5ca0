/** Each takes the schema one version further; what has been released is never changed, only added to. */
export const migrations = [
  `
  CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    username TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    display_name TEXT,
    email TEXT,
    created_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  -- Only live sessions are here. Ending one deletes its row, so no late write can bring it back.
  CREATE TABLE sessions (
    ticket_hash TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    account_id TEXT REFERENCES accounts (id),
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    idle_expires_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    remember INTEGER NOT NULL,
    address TEXT NOT NULL,
    browser TEXT,
    system TEXT,
    remembered TEXT NOT NULL,
    CHECK (idle_expires_at <= expires_at)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX sessions_of_account ON sessions (account_id, last_seen_at);
  CREATE INDEX sessions_by_end ON sessions (idle_expires_at);

  CREATE TABLE tombstones (
    ticket_hash TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    ended_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX tombstones_by_age ON tombstones (ended_at);

  CREATE TABLE login_failures (
    name_hash TEXT NOT NULL,
    network TEXT NOT NULL,
    failures INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (name_hash, network)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX login_failures_by_age ON login_failures (last_at);

  CREATE TABLE familiar_networks (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    network TEXT NOT NULL,
    last_login_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, network)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX familiar_networks_by_age ON familiar_networks (last_login_at);

  -- Shape and names are rate-limiter-flexible's.
  CREATE TABLE windows (
    key TEXT PRIMARY KEY,
    points INTEGER NOT NULL DEFAULT 0,
    expire INTEGER
  ) STRICT;
  CREATE INDEX windows_by_end ON windows (expire);
  `,
];
