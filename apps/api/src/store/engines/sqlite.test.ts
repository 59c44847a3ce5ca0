import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate as giveWay, setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { failuresOf } from '../../../test/stored.ts';
import { StoreUnavailable, StoreUnusable } from '../errors.ts';
import { createStore } from '../sql/sql-store.ts';
import { type LogState, openSqlite } from './sqlite.ts';

function somewhere(): string {
  const folder = mkdtempSync(join(tmpdir(), 'coatcheck-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, 'coatcheck.db');
}

const by = { address: null, browser: null, system: null, sessionId: null };
const meant = { accountId: undefined, type: 'login-failed' as const, by };

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

  describe('moves its log into the file', () => {
    const page = 4_096;
    const turnsLater = async () => {
      await giveWay();
      await giveWay();
    };

    function filled() {
      const path = somewhere();
      const engine = openSqlite(path);
      onTestFinished(() => engine.close());
      const fill = (pages: number) =>
        engine.write(function* () {
          yield { sql: 'CREATE TABLE IF NOT EXISTS page (content)', values: [] };
          for (let n = 0; n < pages; n += 1)
            yield { sql: 'INSERT INTO page VALUES (?)', values: ['x'.repeat(4_000)] };
        });
      /** Seen by a connection of its own. */
      const logState = () => {
        const other = new Database(path);
        const [state] = other.pragma('wal_checkpoint(NOOP)') as [LogState];
        other.close();
        return state;
      };
      return { path, engine, fill, logState, logBytes: () => statSync(`${path}-wal`).size };
    }

    it('in small steps, before and after deleted rows were overwritten', async () => {
      const { engine, fill, logBytes } = filled();
      const fillSlowly = async () => {
        for (let n = 0; n < 400; n += 1) {
          await fill(1);
          await turnsLater();
        }
      };
      await fillSlowly();
      expect(logBytes()).toBeLessThan(300 * page);
      engine.noteErasure();
      await engine.overwriteErased();
      await fillSlowly();
      expect(logBytes()).toBeLessThan(300 * page);
    });

    it('in a turn of its own, so that the answer to a write does not wait for it', async () => {
      const { fill, logState } = filled();
      await fill(300);
      await giveWay();
      expect(logState().checkpointed).toBe(0);
      await giveWay();
      const { log, checkpointed } = logState();
      expect(log).toBeGreaterThan(300);
      expect(checkpointed).toBe(log);
    });

    it('in a turn without any write', async () => {
      const { fill } = filled();
      await fill(300);
      await turnsLater();
      let isWritten = false;
      const next = fill(0).then(() => {
        isWritten = true;
      });
      for (let n = 0; n < 100; n += 1) await undefined;
      expect(isWritten).toBe(false);
      await next;
    });

    it('all the same when writes leave no turn to anything else', async () => {
      const { engine, fill, logBytes } = filled();
      const fillAtOnce = async () => {
        for (let n = 0; n < 1_500; n += 1) await fill(1);
      };
      await fillAtOnce();
      expect(logBytes()).toBeLessThan(1_100 * page);
      engine.noteErasure();
      await engine.overwriteErased();
      await fillAtOnce();
      expect(logBytes()).toBeLessThan(1_100 * page);
    });

    it('later, when somebody is reading what it replaces', async () => {
      const { path, fill, logState } = filled();
      const unmoved = () => logState().log - logState().checkpointed;
      await fill(1);
      const reader = new Database(path, { readonly: true });
      onTestFinished(() => void reader.close());
      reader.exec('BEGIN; SELECT * FROM page');
      await fill(300);
      await turnsLater();
      expect(unmoved()).toBeGreaterThan(250);
      reader.exec('COMMIT');
      await fill(1);
      await turnsLater();
      expect(unmoved()).toBe(0);
    });
  });

  it('opens a file a second time without touching what is there', async () => {
    const path = somewhere();
    const first = openSqliteStore(path);
    await first.countLoginFailure({ nameHash: 'name', network: '192.0.2.1', familiar: false }, meant, 1);
    await first.close();
    expect(
      await failuresOf(await open(path), { nameHash: 'name', network: '192.0.2.1', familiar: false }),
    ).toMatchObject({
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

  it('keeps nothing of who left when the process ended before all was removed', async () => {
    const path = somewhere();
    const store = await open(path);
    await store.register({ ...nobody, id: 'leaves-unfinished' }, { ...stay, accountId: 'leaves-unfinished' });
    const other = new Database(path);
    // What the first transaction leaves.
    other.exec(`DELETE FROM sessions; DELETE FROM familiar_networks;
      UPDATE accounts SET username = '~', password_hash = 'leaving'`);
    other.close();
    const files = () => [path, `${path}-wal`].map((file) => readFileSync(file, 'latin1')).join('');
    expect(files()).toContain('leaves-unfinished');
    await store.sweep(3, 10);
    expect(files()).not.toContain('leaves-unfinished');
  });

  it('forgets next time what is to be forgotten while it is forgetting', async () => {
    const path = somewhere();
    const engine = openSqlite(path);
    onTestFinished(() => engine.close());
    engine.noteErasure();
    const tidying = engine.overwriteErased();
    engine.noteErasure();
    await tidying;
    await createStore(engine).ready();
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(0);
    await engine.overwriteErased();
    expect(statSync(`${path}-wal`).size).toBe(0);
  });

  it('waits its turn while another process writes, with fifty writes, and holds nobody up', async () => {
    const path = somewhere();
    const store = await open(path);
    const other = new Database(path);
    onTestFinished(() => void other.close());
    const key = (at: number) => ({ nameHash: `name ${at}`, network: '192.0.2.1', familiar: false });
    // What this thread computes in one turn of its loop, in ms: what else the machine does counts for nothing.
    const maxTurnsMs: number[] = [];
    // What it sleeps through is no such time, but leaves it no turns.
    let turns = 0;
    for (let run = 0; run < 3; run += 1) {
      other.exec('BEGIN IMMEDIATE');
      let before = process.threadCpuUsage();
      const counted = Array.from({ length: 50 }, (_, at) => store.countLoginFailure(key(at), meant, 1));
      let maxTurnMs = 0;
      for (const begun = performance.now(); performance.now() - begun < 200; turns += 1) {
        await new Promise((resolve) => setImmediate(resolve));
        const { user, system } = process.threadCpuUsage(before);
        before = process.threadCpuUsage();
        maxTurnMs = Math.max(maxTurnMs, (user + system) / 1_000);
      }
      other.exec('COMMIT');
      await Promise.all(counted);
      maxTurnsMs.push(maxTurnMs);
    }
    expect(await failuresOf(store, key(49))).toMatchObject({ count: 3 });
    expect(turns).toBeGreaterThan(100);
    // The collector of garbage holds one or another run up.
    expect(Math.min(...maxTurnsMs), `${maxTurnsMs}`).toBeLessThan(50);
  });

  it('forgets who left a file of 30 MB while others read and write, and holds nobody up', async () => {
    const path = somewhere();
    const store = await open(path);
    const filler = new Database(path);
    filler.exec(`
      WITH RECURSIVE counted (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM counted WHERE i < 130000)
      INSERT INTO tombstones SELECT hex(randomblob(43)), 'revoked', 1000 FROM counted`);
    filler.close();
    expect(statSync(path).size + statSync(`${path}-wal`).size).toBeGreaterThan(28 * 1024 * 1024);
    const proof = { verifiedHash: nobody.passwordHash, nameHash: 'name' };
    const key = { nameHash: 'other', network: '192.0.2.1', familiar: false };

    /** @returns what this thread computed in the longest turn of its loop, in ms: what else the machine does counts for nothing. */
    async function longestTurn(ticketHash: string) {
      // A name that was left stays taken.
      const account = { ...nobody, username: `leaves-${ticketHash}`, email: 'left@example.com' };
      await store.register(account, { ...stay, ticketHash, accountId: nobody.id });
      expect(await store.deleteAccount(nobody.id, proof, 2)).toBe('deleted');
      let isSwept = false;
      const swept = store.sweep(3, 100).finally(() => {
        isSwept = true;
      });
      const written: Promise<unknown>[] = [];
      let maxTurnMs = 0;
      for (let before = process.threadCpuUsage(); !isSwept; before = process.threadCpuUsage()) {
        await store.findSession('any', 3);
        written.push(store.countLoginFailure(key, meant, 3).catch((error) => error));
        await pause(5);
        const { user, system } = process.threadCpuUsage(before);
        maxTurnMs = Math.max(maxTurnMs, (user + system) / 1_000);
      }
      await swept;
      expect(written.length).toBeGreaterThan(1);
      expect((await Promise.all(written)).filter((error) => error)).toEqual([]);
      const files = [path, `${path}-wal`].map((file) => readFileSync(file, 'latin1')).join('');
      expect(files).not.toContain('left@example.com');
      return maxTurnMs;
    }

    const turns = [await longestTurn('one'), await longestTurn('two'), await longestTurn('three')];
    expect(Math.min(...turns), `${turns}`).toBeLessThan(50);
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

    describe('a database of another program,', () => {
      /** Names, contents and times of all that lies beside a file. */
      const surroundings = (path: string) =>
        readdirSync(dirname(path)).map((name) => {
          const file = join(dirname(path), name);
          return { name, modified: statSync(file).mtimeMs, content: readFileSync(file, 'latin1') };
        });
      const untouched = (path: string) => {
        const before = surroundings(path);
        refused(path, /another program/);
        expect(surroundings(path)).toEqual(before);
      };

      function foreign(mode: 'DELETE' | 'WAL') {
        const path = somewhere();
        const other = new Database(path);
        other.pragma(`journal_mode = ${mode}`);
        other.exec('CREATE TABLE hats (size)');
        return { path, other };
      }

      it.each(['DELETE', 'WAL'] as const)('closed, with journal mode %s', (mode) => {
        const { path, other } = foreign(mode);
        other.close();
        untouched(path);
      });

      it('that has tables in its log alone, at work', () => {
        const { path, other } = foreign('WAL');
        onTestFinished(() => void other.close());
        untouched(path);
      });

      it.each(['DELETE', 'WAL'] as const)('whose process crashed, with journal mode %s', (mode) => {
        const { path, other } = foreign(mode);
        other.exec(mode === 'WAL' ? 'INSERT INTO hats VALUES (1)' : 'BEGIN; INSERT INTO hats VALUES (1)');
        const crashed = somewhere();
        for (const suffix of ['', '-wal', '-journal']) {
          if (existsSync(path + suffix)) copyFileSync(path + suffix, crashed + suffix);
        }
        other.close();
        untouched(crashed);
      });

      it('that has no tables yet is taken', async () => {
        const path = somewhere();
        const other = new Database(path);
        other.exec('VACUUM');
        other.close();
        expect(statSync(path).size).toBeGreaterThan(0);
        await (await open(path)).ready();
      });
    });

    it('what crashed at its first start is ours all the same, though the mark is in its log alone', async () => {
      const path = somewhere();
      const crashed = somewhere();
      await open(path);
      for (const suffix of ['', '-wal']) copyFileSync(path + suffix, crashed + suffix);
      expect(readFileSync(crashed, 'latin1')).not.toContain('coat');
      await (await open(crashed)).ready();
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
        await store.countLoginFailure(
          { nameHash: `name ${more}`, network: '192.0.2.1', familiar: false },
          meant,
          1,
        );
      }
      await store.close();
      const bytes = readFileSync(path);
      bytes.fill(0xaa, bytes.length - 8192, bytes.length - 4096);
      writeFileSync(path, bytes);
      refused(path, /damaged|malformed/);
    });
  });
});
