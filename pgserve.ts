import { databasesAt, startPostgres } from './apps/api/test/postgres.ts';

const s = await startPostgres(process.argv[2] === 'durable' ? { fsync: 'on', full_page_writes: 'on' } : {});
const d = databasesAt(s.port);
console.log(d.url(await d.create()));
process.on('SIGTERM', async () => {
  await s.remove();
  process.exit(0);
});
