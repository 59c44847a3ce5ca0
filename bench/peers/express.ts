// Express, set up as the documentation of its parts says. PEER_FOLDER is where its database lies, PEER_USER a user.
import { join } from 'node:path';
import Database from 'better-sqlite3';
import sessionStore from 'better-sqlite3-session-store';
import express from 'express';
import session from 'express-session';

const user = JSON.parse(process.env.PEER_USER ?? '{}');
const db = new Database(join(process.env.PEER_FOLDER ?? '.', 'express.db'));
// As better-sqlite3 recommends.
db.pragma('journal_mode = WAL');
db.exec(`CREATE TABLE users (
  id TEXT PRIMARY KEY, username TEXT NOT NULL UNIQUE, displayName TEXT, email TEXT, createdAt TEXT NOT NULL)`);
db.prepare('INSERT INTO users VALUES (@id, @username, @displayName, @email, @createdAt)').run(user);
const findUser = db.prepare('SELECT id, username, displayName, email, createdAt FROM users WHERE id = ?');

declare module 'express-session' {
  interface SessionData {
    userId: string;
  }
}

const app = express();
const SqliteStore = sessionStore(session);
app.use(
  session({
    store: new SqliteStore({ client: db, expired: { clear: true, intervalMs: 900_000 } }),
    secret: 'a secret of the bench, which nobody needs to know',
    resave: false,
    saveUninitialized: false,
    cookie: { maxAge: 24 * 60 * 60_000, sameSite: 'lax' },
  }),
);
// Takes anybody: the row is about what comes after the login.
app.post('/login', (request, response) => {
  request.session.userId = user.id;
  response.json(user);
});
app.get('/me', (request, response) => {
  const found = request.session.userId && findUser.get(request.session.userId);
  if (!found) return void response.status(401).end();
  response.json(found);
});
const server = app.listen(Number(process.env.PORT), '127.0.0.1', () => {
  process.stdout.write(`READY http://127.0.0.1:${(server.address() as { port: number }).port}\n`);
});
process.on('SIGTERM', () => process.exit());
