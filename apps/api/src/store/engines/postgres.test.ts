import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { databasesAt, startPostgres } from '../../../test/postgres.ts';
import { failuresOf } from '../../../test/stored.ts';
import { type PostgresAddress, readDatabaseUrl } from '../database-url.ts';
import { StoreUnavailable, StoreUnusable } from '../errors.ts';
import { openStore } from '../open.ts';
import { openPostgres } from './postgres.ts';
import { migrations } from './schema.ts';
import { change } from './work.ts';

const nobody = { address: null, browser: null, system: null, sessionId: null };
const meant = { accountId: undefined, type: 'login-failed' as const, network: '192.0.2.1', by: nobody };

const key = { nameHash: 'name', network: '192.0.2.1', familiar: false };

// A server of its own, since these tests stop it.
let server: Awaited<ReturnType<typeof startPostgres>>;
let databases: ReturnType<typeof databasesAt>;
beforeAll(async () => {
  server = await startPostgres({ max_connections: '30' });
  databases = databasesAt(server.port);
});
afterAll(() => server.remove());

const open = (url: string) => openStore(readDatabaseUrl(url, '/'));

async function openFresh() {
  const url = databases.url(await databases.create());
  const store = await open(url);
  onTestFinished(() => store.close());
  return { url, store };
}

describe('PostgreSQL', () => {
  it('is migrated once by ten processes that start at once', async () => {
    const url = databases.url(await databases.create());
    const stores = await Promise.all(Array.from({ length: 10 }, () => open(url)));
    await Promise.all(stores.map((store) => store.countLoginFailure(key, meant, 1)));
    expect(await failuresOf(stores[0] as (typeof stores)[number], key)).toMatchObject({ count: 10 });
    await Promise.all(stores.map((store) => store.close()));
  });

  describe('of an older version, with a server of that version at work,', () => {
    const old = 3;

    /** A transaction of the old version that has written a session, and a migration that waits for it. */
    async function underWay() {
      const name = await databases.create();
      const dialect = { time: 'BIGINT', table: '', byKey: '' };
      for (const migration of migrations.slice(0, old)) await databases.query(name, migration(dialect));
      await databases.query(
        name,
        `CREATE TABLE coatcheck_schema (version INTEGER NOT NULL);
         INSERT INTO coatcheck_schema VALUES (${old});
         INSERT INTO accounts VALUES ('ada', 'ada', 'hash', NULL, NULL, 1)`,
      );
      const writer = new pg.Client(databases.url(name));
      await writer.connect();
      onTestFinished(() => writer.end());
      // The other finds the deadlock.
      await writer.query(`SET deadlock_timeout = '1min'; BEGIN`);
      await writer.query(
        `INSERT INTO sessions VALUES ('hash', 'id', 'ada', 1, 1, 2, 3, 0, '', NULL, NULL, '{}')`,
      );
      const opening = open(databases.url(name));
      opening.catch(() => undefined);
      const waiting = `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'sessions'::regclass`;
      while ((await databases.query(name, waiting)).length === 0);
      return { name, writer, opening };
    }

    it('is migrated behind a login that is under way', async () => {
      const { name, writer, opening } = await underWay();
      await writer.query(`SET deadlock_timeout = '10ms'`);
      await writer.query(
        `INSERT INTO events VALUES ('event', 'ada', 'logged-in', 1, NULL, NULL, NULL, NULL, 0, 1); COMMIT`,
      );
      await (await opening).close();
      expect(await databases.query(name, 'SELECT id FROM events')).toEqual([{ id: 'event' }]);
    });

    it('is migrated though somebody changes the password, who writes in another order', async () => {
      const { name, writer, opening } = await underWay();
      await writer.query(`UPDATE accounts SET password_hash = 'new'; COMMIT`);
      await (await opening).close();
      expect(await databases.query(name, 'SELECT password_hash FROM accounts')).toEqual([
        { password_hash: 'new' },
      ]);
    });
  });

  it('is taken though an extension has its tables there', async () => {
    const name = await databases.create();
    await databases.query(name, 'CREATE EXTENSION pg_stat_statements');
    await (await open(databases.url(name))).close();
  });

  it('undoes and repeats work that locked each other out', async () => {
    const name = await databases.create();
    const engine = await openPostgres(readDatabaseUrl(databases.url(name), '/') as PostgresAddress);
    onTestFinished(() => engine.close());
    let begun = 0;
    const touch = (name: string) =>
      change('UPDATE duties SET held_until = held_until + 1 WHERE name = ?', name);
    const both = (first: string, second: string) =>
      engine.write(function* () {
        begun += 1;
        yield* touch(first);
        // Long enough for the other to have touched its first.
        yield* change('SELECT pg_sleep(1)');
        yield* touch(second);
      });
    await Promise.all([both('sweep', 'ready'), both('ready', 'sweep')]);
    expect(begun).toBeGreaterThan(2);
    expect(
      await databases.query(name, `SELECT DISTINCT held_until FROM duties WHERE name <> 'thin'`),
    ).toEqual([{ held_until: '2' }]);
  });

  describe('that cannot serve is unavailable, and comes back by itself,', () => {
    const refused = async (store: Awaited<ReturnType<typeof open>>) => {
      const before = performance.now();
      await expect(store.findSession('any', 1)).rejects.toThrow(StoreUnavailable);
      await expect(store.countLoginFailure(key, meant, 1)).rejects.toThrow(StoreUnavailable);
      await expect(store.windowLimiter('tries', 60).take('any')).rejects.toThrow(StoreUnavailable);
      await expect(store.ready()).rejects.toThrow(StoreUnavailable);
      return performance.now() - before;
    };

    it('when it is stopped and started', async () => {
      const { store } = await openFresh();
      await store.ready();
      await server.shutDown();
      expect(await refused(store)).toBeLessThan(1_000);
      await server.start();
      await expect(store.ready()).resolves.toBeUndefined();
    });

    it('when it crashes, and nothing that was acknowledged is gone', async () => {
      const { store } = await openFresh();
      await store.countLoginFailure(key, meant, 1);
      await server.crash();
      await refused(store);
      await server.start();
      expect(await failuresOf(store, key)).toMatchObject({ count: 1 });
    });

    it('when it stands still', async () => {
      const { store } = await openFresh();
      await store.ready();
      server.freeze();
      // Four questions one after the other, each given up in its time.
      const waited = await refused(store).finally(server.thaw);
      expect(waited).toBeLessThan(4 * 8_500);
      await expect(store.ready()).resolves.toBeUndefined();
    });

    it('when it takes no writes, and is read', async () => {
      const name = await databases.create();
      const store = await open(databases.url(name));
      onTestFinished(() => store.close());
      const readOnly = (value: string) =>
        databases.query(
          'postgres',
          `ALTER DATABASE ${name} SET default_transaction_read_only = ${value};
           SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
        );
      await store.ready();
      await readOnly('on');
      // The first to ask may be the one who learns that the connection is gone.
      await expect(store.ready()).rejects.toThrow(StoreUnavailable);
      await expect(store.ready()).rejects.toThrow(/read-only/);
      expect(await store.findSession('any', 1)).toEqual({ live: false, reason: 'unknown' });
      await readOnly('off');
      await store.ready().catch(() => undefined);
      await expect(store.ready()).resolves.toBeUndefined();
    });

    it('when it is out of connections', async () => {
      const name = await databases.create();
      await (await open(databases.url(name))).close();
      // A superuser, as the tests are, is always let in.
      await databases.query(
        name,
        'CREATE ROLE guest LOGIN; GRANT ALL ON ALL TABLES IN SCHEMA public TO guest',
      );
      const store = await open(databases.url(name).replace('coatcheck@', 'guest@'));
      onTestFinished(() => store.close());
      await databases.query(
        'postgres',
        `ALTER DATABASE ${name} CONNECTION LIMIT 0;
         SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`,
      );
      // The first to ask may be the one who learns that the connection is gone.
      await expect(store.ready()).rejects.toThrow(StoreUnavailable);
      await expect(store.ready()).rejects.toThrow(/too many connections/);
      await databases.query('postgres', `ALTER DATABASE ${name} CONNECTION LIMIT -1`);
      await expect(store.ready()).resolves.toBeUndefined();
    });
  });

  it('speaks TLS and proves who it is, where it has to', async () => {
    const tls = (name: string) => join(import.meta.dirname, '../../../test/tls', name);
    const read = (name: string) => readFileSync(tls(name), 'utf8');
    const files = { 'server.crt': read('server.crt'), 'server.key': read('server.key') };
    const secure = await startPostgres({ ssl: 'on' }, files);
    onTestFinished(() => secure.remove());
    const url = databasesAt(secure.port).url('postgres').replace('127.0.0.1', 'localhost');

    const store = await open(`${url}?sslmode=verify-full&sslrootcert=${tls('server.crt')}`);
    const [connection] = await databasesAt(secure.port).query(
      'postgres',
      `SELECT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'coatcheck'`,
    );
    expect(connection).toEqual({ ssl: true });
    await store.close();
    await expect(open(`${url}?sslmode=verify-full`)).rejects.toThrow(/self-signed certificate/);
    await expect(open(`${url}?sslmode=require&sslrootcert=${tls('elsewhere.crt')}`)).rejects.toThrow(
      StoreUnusable,
    );
    await (await open(`${url}?sslmode=no-verify`)).close();
  });

  describe('is refused, in one line,', () => {
    const refused = async (url: string, why: RegExp) => {
      await expect(open(url)).rejects.toThrow(StoreUnusable);
      await expect(open(url)).rejects.toThrow(why);
    };

    it('where nothing answers', () =>
      refused(
        'postgres://ada:hunter2@127.0.0.1:9/house',
        /^house at 127.0.0.1:9 cannot be used: .*ECONNREFUSED[^\n]*$/,
      ));

    it('where there is no such database', () =>
      refused(databases.url('nowhere'), /"nowhere" does not exist/));

    it.each([
      'CREATE TABLE accounts (hats TEXT)',
      'CREATE TABLE hats (size INTEGER)',
      'CREATE SCHEMA shop CREATE TABLE hats (size INTEGER)',
      'CREATE VIEW hats AS SELECT 1 AS size',
    ])('when another program lives there, which then finds nothing of ours: %s', async (sql) => {
      const name = await databases.create();
      await databases.query(name, sql);
      const all = `SELECT relname FROM pg_class WHERE relnamespace::regnamespace::text IN ('public', 'shop')`;
      const before = await databases.query(name, all);
      await refused(databases.url(name), /holds "\w+" of another program/);
      expect(await databases.query(name, all)).toEqual(before);
    });

    it('when its mark says nothing', async () => {
      const name = await databases.create();
      await databases.query(name, 'CREATE TABLE coatcheck_schema (version INTEGER NOT NULL)');
      await refused(databases.url(name), /its table coatcheck_schema is empty/);
    });

    it('when it is of a newer version', async () => {
      const name = await databases.create();
      await (await open(databases.url(name))).close();
      await databases.query(name, 'UPDATE coatcheck_schema SET version = 1000');
      await refused(databases.url(name), /schema 1000/);
    });

    it('when it cannot hold every character', async () => {
      await databases.query('postgres', `CREATE DATABASE latin ENCODING 'LATIN1' TEMPLATE template0`);
      await refused(databases.url('latin'), /LATIN1/);
    });

    it('when it speaks no TLS and has to', () =>
      refused(`${databases.url('postgres')}?sslmode=verify-full`, /SSL/));
  });
});
