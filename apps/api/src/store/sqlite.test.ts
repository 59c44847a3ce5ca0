import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createStore } from './sql-store.ts';
import { openSqlite } from './sqlite.ts';
import { StoreUnavailable, StoreUnusable } from './store.ts';

function somewhere(): string {
  const folder = mkdtempSync(join(tmpdir(), 'coatcheck-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'coatcheck.db');
}

const by = { address: null, browser: null, system: null, sessionId: null };
const meant = { accountId: undefined, type: 'login-failed' as const, network: '192.0.2.1', by };

const openSqliteStore = (path: string) => createStore(openSqlite(path));

async function open(path = somewhere()) {
  const store = openSqliteStore(path);
  onTestFinished(() => store.close());
  return store;
}

const nobody = {
  id: 'account',
  username: 'somebody',
  passwordHash: '$argon2id$one',
  displayName: null,
  email: null,
  createdAt: 1,
};
const stay = {
  ticketHash: 'ticket',
  id: 'session',
  createdAt: 1,
  lastSeenAt: 1,
  idleExpiresAt: 1_000,
  expiresAt: 2_000,
  remember: false,
  address: '192.0.2.1',
  network: '192.0.2.1',
  browser: null,
  system: null,
};

describe('SQLite', () => {
  it('makes the folders on the way to its file', async () => {
    const path = join(somewhere(), '../deeper/still/coatcheck.db');
    await open(path);
    expect(existsSync(path)).toBe(true);
  });

  it('opens a file a second time without touching what is there', async () => {
    const path = somewhere();
    const first = openSqliteStore(path);
    await first.countLoginFailure({ nameHash: 'name', network: '' }, meant, 1);
    await first.close();
    expect(await (await open(path)).loginFailures({ nameHash: 'name', network: '' })).toMatchObject({
      count: 1,
    });
  });

  it('keeps nothing of who left, neither in freed pages nor in its log', async () => {
    const path = somewhere();
    const store = await open(path);
    const people = Array.from({ length: 300 }, (_, at) => {
      const name = `person-${at}-${'x'.repeat(at % 60)}-end`;
      const account = { ...nobody, id: `account-of-${name}`, username: name, email: `${name}@example.com` };
      const session = {
        ...stay,
        ticketHash: `ticket-${at}`,
        id: `session-of-${name}`,
        accountId: account.id,
      };
      return { account, session };
    });
    for (const { account, session } of people) await store.register(account, session);
    const leaving = people.filter((_, at) => at % 3 > 0);
    const files = () => [path, `${path}-wal`].map((file) => readFileSync(file, 'latin1')).join('');
    const found = (all: typeof people) =>
      all.filter(({ account }) => files().includes(account.username)).map(({ account }) => account.username);
    expect(found(leaving)).toHaveLength(leaving.length);
    for (const { account } of leaving) {
      const proof = { verifiedHash: account.passwordHash, nameHash: account.username };
      expect(await store.deleteAccount(account.id, proof, 2)).toBe('deleted');
    }
    await store.sweep(3, 1_000);
    expect(found(leaving)).toEqual([]);
    expect(found(people)).toHaveLength(people.length - leaving.length);
  });

  it('forgets who left while somebody was reading when that is over', async () => {
    const path = somewhere();
    const store = await open(path);
    await store.register({ ...nobody, username: 'leaves-late' }, { ...stay, accountId: nobody.id });
    const reader = new Database(path);
    onTestFinished(() => void reader.close());
    reader.exec('BEGIN');
    reader.prepare('SELECT * FROM accounts').all();
    const proof = { verifiedHash: nobody.passwordHash, nameHash: 'name' };
    expect(await store.deleteAccount(nobody.id, proof, 2)).toBe('deleted');
    const files = () => [path, `${path}-wal`].map((file) => readFileSync(file, 'latin1')).join('');
    await store.sweep(3, 10);
    expect(files()).toContain('leaves-late');
    reader.exec('COMMIT');
    await store.sweep(3, 10);
    expect(files()).not.toContain('leaves-late');
  });

  it('waits its turn while another process writes, without holding up this one', async () => {
    const path = somewhere();
    const store = await open(path);
    const other = new Database(path);
    onTestFinished(() => void other.close());
    other.exec('BEGIN IMMEDIATE');
    const key = { nameHash: 'name', network: '' };
    const counted = store.countLoginFailure(key, meant, 1);
    let longest = 0;
    for (let turn = 0; turn < 10; turn += 1) {
      const before = performance.now();
      await new Promise((resolve) => setImmediate(resolve));
      longest = Math.max(longest, performance.now() - before);
    }
    other.exec('COMMIT');
    await counted;
    expect(await store.loginFailures(key)).toMatchObject({ count: 1 });
    expect(longest).toBeLessThan(250);
  });

  it('says that it is unavailable when another process will not let go, and still reads', async () => {
    const path = somewhere();
    const store = await open(path);
    const other = new Database(path);
    onTestFinished(() => void other.close());
    other.exec('BEGIN IMMEDIATE');
    await expect(store.logOut('any', by, 1)).rejects.toThrow(StoreUnavailable);
    await expect(store.ready()).rejects.toThrow(StoreUnavailable);
    expect(await store.findSession('any', 1)).toEqual({ live: false, reason: 'unknown' });
    other.exec('COMMIT');
    await expect(store.ready()).resolves.toBeUndefined();
  });

  describe('refuses to open, and leaves as it was,', () => {
    const refused = (path: string, why: RegExp) => {
      const before = readFileSync(path);
      expect(() => openSqliteStore(path)).toThrow(StoreUnusable);
      expect(() => openSqliteStore(path)).toThrow(why);
      expect(readFileSync(path)).toEqual(before);
    };

    it('a file that is no database', () => {
      const path = somewhere();
      writeFileSync(path, 'coats and hats, '.repeat(1000));
      refused(path, /not a database/);
    });

    it('a database of another program', () => {
      const path = somewhere();
      const other = new Database(path);
      other.exec('CREATE TABLE hats (size)');
      other.close();
      refused(path, /another program/);
    });

    it('a database of a newer version', async () => {
      const path = somewhere();
      await openSqliteStore(path).close();
      const newer = new Database(path);
      newer.pragma('user_version = 1000');
      newer.close();
      refused(path, /schema 1000/);
    });

    it('a damaged database', async () => {
      const path = somewhere();
      const store = openSqliteStore(path);
      for (let more = 0; more < 500; more += 1) {
        await store.countLoginFailure({ nameHash: `name ${more}`, network: '' }, meant, 1);
      }
      await store.close();
      const bytes = readFileSync(path);
      bytes.fill(0xaa, bytes.length - 8192, bytes.length - 4096);
      writeFileSync(path, bytes);
      refused(path, /damaged|malformed/);
    });
  });
});
