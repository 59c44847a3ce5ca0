import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { hashPassword } from '../../apps/api/src/password/hash.ts';
import { benchPostgres, postgresNote } from '../lib/bench-postgres.ts';
import type { Finding } from '../lib/finding.ts';
import { freePort, untilFirstAnswer } from '../lib/first-answer.ts';
import { type LoadRequest, rateOf } from '../lib/load.ts';
import { logins } from '../lib/logins.ts';
import { startedProcess } from '../lib/processes.ts';
import { type Product, password, productCommand, sqliteIn, startProduct } from '../lib/product.ts';
import { inTurn, inTurnWhenWarm, type Rounds, sideBySide } from '../lib/rounds.ts';
import type { Bench, Row } from '../lib/row.ts';
import { freshenSqlite, type Seed, seedSqlite, sessionIdOf, ticketOf } from '../lib/seed.ts';
import { freshenPostgres, seedPostgres } from '../lib/seed-postgres.ts';

/** Sessions of the small database. Ten of each account, as in the large one. */
const few = 1_000;
const sessionsPerAccount = 10;
const connections = 32;
/** Logins and revocations of one measurement. */
const amount = 50;

/** A database that was filled, and a server on it. */
interface Filled {
  seed: Seed;
  /** DATABASE_URL. */
  url: string;
  /** Makes sessions look as if they had been used a moment ago. */
  freshen(sessions: number[]): Promise<void> | void;
  /** Removes the old versions of rows, which an update leaves behind in PostgreSQL. */
  vacuum?: () => Promise<unknown>;
}

/** GET /me with many sessions stored. */
export const growth: Row = {
  name: 'growth',
  async measure(bench) {
    const passwordHash = await hashPassword(password);
    const seedOf = (sessions: number): Seed => ({
      sessions,
      accounts: sessions / sessionsPerAccount,
      passwordHash,
    });
    const seeds = [seedOf(few), seedOf(bench.sessions - (bench.sessions % sessionsPerAccount))] as const;
    const onSqlite = async (seed: Seed): Promise<Filled> => {
      const folder = join(bench.folder, String(seed.sessions));
      const path = join(folder, 'coatcheck.db');
      mkdirSync(folder);
      await seedSqlite(path, seed, bench.progress);
      return { seed, url: sqliteIn(folder), freshen: (sessions) => freshenSqlite(path, sessions) };
    };
    const findings = await compare(bench, 'SQLite', await onSqlite(seeds[0]), await onSqlite(seeds[1]));

    await using postgres = await benchPostgres();
    const onPostgres = async (seed: Seed): Promise<Filled> => {
      const name = await postgres.create();
      const query = (sql: string) => postgres.query(name, sql);
      await seedPostgres(postgres.url(name), query, seed, bench.progress);
      return {
        seed,
        url: postgres.url(name),
        freshen: (sessions) => freshenPostgres(query, sessions),
        vacuum: () => query('VACUUM ANALYZE sessions'),
      };
    };
    const [small, large] = [await onPostgres(seeds[0]), await onPostgres(seeds[1])];
    return [...findings, ...(await compare(bench, 'PostgreSQL', small, large, [postgresNote]))];
  },
};

async function compare(
  bench: Bench,
  engine: string,
  small: Filled,
  large: Filled,
  notes: string[] = [],
): Promise<Finding[]> {
  const many = large.seed.sessions.toLocaleString('en');
  const sizes = `with ${many} sessions and ${large.seed.accounts.toLocaleString('en')} accounts`;
  const against = `the same with ${few.toLocaleString('en')} sessions`;
  const finding = (name: string, what: string, unit: string, rounds: Rounds<'many' | 'few'>): Finding => ({
    name: `growth, ${engine}${name}`,
    what: `${what} on ${engine} ${sizes}`,
    against,
    unit,
    rounds: sideBySide(rounds, 'many', 'few'),
    notes,
  });
  const starts = await inTurn(bench, { many: () => startOf(large), few: () => startOf(small) });
  await using ours = await startProduct({ database: large.url, env: { TRUSTED_PROXIES: '127.0.0.1' } });
  await using theirs = await startProduct({ database: small.url, env: { TRUSTED_PROXIES: '127.0.0.1' } });

  const findings: Finding[] = [];
  for (const inUse of [few, 20_000]) {
    bench.say(`${engine}, ${inUse} sessions in use`);
    const rounds = await inTurnWhenWarm(bench, {
      many: (seconds) => meRate(ours, large, inUse, seconds),
      few: (seconds) => meRate(theirs, small, inUse, seconds),
    });
    findings.push({
      ...finding(
        `, ${inUse.toLocaleString('en')} in use`,
        `GET /me, ${connections} connections, ${inUse.toLocaleString('en')} sessions in turn,`,
        'requests/s',
        rounds,
      ),
      goal: { atLeast: 0.9 },
      notes: [
        ...notes,
        'All sessions were used within the minute before, so that no use is written down meanwhile.',
        `Both sides are sent ${inUse.toLocaleString('en')} requests in turn; the smaller database has ${few.toLocaleString('en')} tickets for them.`,
      ],
    });
    // Each session of the smaller database was freshened more often. The next row would read its old versions.
    await Promise.all([large.vacuum?.(), small.vacuum?.()]);
  }
  bench.say(`${engine}, other calls`);
  const pair = (rate: (server: Product, filled: Filled) => ReturnType<typeof rateOf>) =>
    inTurn(bench, { many: () => rate(ours, large), few: () => rate(theirs, small) });
  findings.push(
    finding(
      ', login',
      'POST /login, 2 at a time,',
      'logins/s',
      await pair((server) => rateOf(server, { connections: 2, requests: logins(amount), until: { amount } })),
    ),
    finding(
      ', list',
      'GET /me/sessions, 2 at a time,',
      'requests/s',
      await pair((server, filled) => listRate(server, filled, bench.seconds)),
    ),
    finding(
      ', revoke',
      'DELETE /me/sessions/{id}, 2 at a time,',
      'requests/s',
      await revocations(bench, ours, large, theirs, small),
    ),
    finding(', start', 'from the start of the process to the first answer', 'ms', starts),
  );
  return findings;
}

const withTicket = (session: number) => ({ cookie: `coatcheck=${ticketOf(session)}` });

/** @returns sessions that lie evenly among all. */
const spreadOver = (sessions: number, count: number): number[] =>
  Array.from({ length: count }, (_, at) => Math.floor((at * sessions) / count));

async function meRate(server: Product, { seed, freshen }: Filled, count: number, seconds: number) {
  const sessions = spreadOver(seed.sessions, Math.min(count, seed.sessions));
  await freshen(sessions);
  // The client may take longer over more requests. So a database with fewer sessions is sent as many, its tickets in turn.
  const requests = Array.from({ length: count }, (_, at) => ({
    path: '/me',
    headers: withTicket(sessions[at % sessions.length] as number),
  }));
  // Sessions in use have been seen a moment ago. To freshen them has just made a server on SQLite forget them. It looks
  // each up at its first request, and makes its answer at the second.
  await rateOf(server, { connections, requests, until: { amount: 2 * requests.length } });
  return rateOf(server, { connections, requests, until: { seconds } });
}

async function listRate(server: Product, { freshen }: Filled, seconds: number) {
  const sessions = Array.from({ length: amount }, (_, account) => account);
  await freshen(sessions);
  const requests = sessions.map((session) => ({ path: '/me/sessions', headers: withTicket(session) }));
  return rateOf(server, { connections: 2, requests, until: { seconds } });
}

/** The first session of each account ends another one of it, in each round the next. */
async function revocations(bench: Bench, ours: Product, large: Filled, theirs: Product, small: Filled) {
  let [own, other] = [0, 0];
  const rate = (server: Product, { seed, freshen }: Filled, nth: number) => {
    const requests: LoadRequest[] = Array.from({ length: amount }, (_, account) => ({
      method: 'DELETE',
      path: `/me/sessions/${sessionIdOf(account + nth * seed.accounts)}`,
      headers: withTicket(account),
    }));
    return Promise.resolve(freshen(Array.from({ length: amount }, (_, account) => account))).then(() =>
      rateOf(server, { connections: 2, requests, until: { amount }, statuses: [204] }),
    );
  };
  const rounds = Math.min(bench.rounds, sessionsPerAccount - 1);
  return inTurn(
    { ...bench, rounds },
    { many: () => rate(ours, large, ++own), few: () => rate(theirs, small, ++other) },
  );
}

async function startOf({ url, freshen }: Filled) {
  await freshen([0]);
  const port = await freePort();
  await using _process = startedProcess(productCommand({ database: url, port }));
  const ms = await untilFirstAnswer(new URL(`http://127.0.0.1:${port}/me`), withTicket(0));
  return { rate: ms, micros: undefined };
}
