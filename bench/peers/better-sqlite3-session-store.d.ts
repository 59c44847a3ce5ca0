// The package has no types of its own.
declare module 'better-sqlite3-session-store' {
  import type Database from 'better-sqlite3';
  import type session from 'express-session';

  export default function sessionStore(
    of: typeof session,
  ): new (options: {
    client: Database.Database;
    expired: { clear: boolean; intervalMs: number };
  }) => session.Store;
}
