// Better Auth, with e-mail and password, on better-sqlite3. PEER_FOLDER is where its database lies.
import { createServer } from 'node:http';
import { join } from 'node:path';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { toNodeHandler } from 'better-auth/node';
import Database from 'better-sqlite3';

const database = new Database(join(process.env.PEER_FOLDER ?? '.', 'better-auth.db'));
// As better-sqlite3 recommends.
database.pragma('journal_mode = WAL');
const server = createServer((request, response) => handle(request, response)).listen(
  Number(process.env.PORT),
  '127.0.0.1',
);
await new Promise((resolve) => server.once('listening', resolve));
const baseURL = `http://127.0.0.1:${(server.address() as { port: number }).port}`;

const options = {
  baseURL,
  secret: 'a secret of the bench, which nobody needs to know',
  database,
  emailAndPassword: { enabled: true },
  // On in production, and would refuse the bench after a hundred requests.
  rateLimit: { enabled: false },
  telemetry: { enabled: false },
  advanced: { database: { joins: true } },
};
await (await getMigrations(options)).runMigrations();
const handle = toNodeHandler(betterAuth(options));
process.stdout.write(`READY ${baseURL}\n`);
process.on('SIGTERM', () => process.exit());
