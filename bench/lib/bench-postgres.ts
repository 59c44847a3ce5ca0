import { databasesAt, startPostgres } from '../../apps/api/test/postgres.ts';

/** As on a server that must not forget: the tests' own settings would let it. Like theirs, it vacuums nothing by itself. */
const settings = { fsync: 'on', full_page_writes: 'on', shared_buffers: '1GB', max_wal_size: '8GB' };

/** What the table says of it. */
export const postgresNote =
  'PostgreSQL 18 from npm on this machine, with fsync, 1 GB of shared buffers and room for 200 connections, without autovacuum and with io_method=sync.';

/** Starts a PostgreSQL of its own. It is ended, with its data, when it goes out of scope. */
export async function benchPostgres() {
  const server = await startPostgres(settings);
  return { ...databasesAt(server.port), [Symbol.asyncDispose]: () => server.remove() };
}
