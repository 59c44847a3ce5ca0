import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { failuresOf } from '../../../test/stored.ts';
import { StoreUnavailable } from '../errors.ts';
import { createStore } from '../sql/sql-store.ts';
import { openSqlite } from './sqlite.ts';
import { exposureOf } from './sqlite-files.ts';

function somewhere(): string {
  const folder = mkdtempSync(join(tmpdir(), 'coatcheck-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const by = { address: null, browser: null, system: null, sessionId: null };
const meant = { accountId: undefined, type: 'login-failed' as const, by };
const key = { nameHash: 'name', network: '192.0.2.1', familiar: false };

describe('the database of SQLite', () => {
  /** Opens a store in a process with the usual umask, writes, and gives the modes of folder and files meanwhile. */
  async function modesOf(path: string) {
    const program = `
      process.umask(0o022);
      const { openStore } = await import(${JSON.stringify(join(import.meta.dirname, '../open.ts'))});
      const store = await openStore({ path: ${JSON.stringify(path)} });
      await store.ready();
      console.log('open');
      process.stdin.once('end', () => store.close()).resume();`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    const folder = dirname(path);
    const modes = Object.fromEntries(
      readdirSync(folder).map((file) => [file, statSync(join(folder, file)).mode & 0o777]),
    );
    child.stdin.end();
    await once(child, 'exit');
    return { folder: statSync(folder).mode & 0o777, ...modes };
  }
  const files = { 'coatcheck.db': 0o600, 'coatcheck.db-shm': 0o600, 'coatcheck.db-wal': 0o600 };

  it('is its user’s alone, and so is the folder that is made for it', async () => {
    const path = join(somewhere(), 'data/coatcheck.db');
    const made = { folder: 0o700, '.gitignore': 0o600, ...files };
    expect(await modesOf(path)).toEqual(made);
    expect(await modesOf(path), 'opened again').toEqual(made);
  });

  it('is nothing that git takes up, in a folder that is made for it or was empty, and in no other', async () => {
    const folder = somewhere();
    const [made, empty, used] = ['made', 'empty', 'used'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    mkdirSync(empty);
    mkdirSync(used);
    writeFileSync(join(used, 'app.js'), '');
    for (const each of [made, empty, used]) await createStore(openSqlite(join(each, 'coatcheck.db'))).close();
    for (const each of [made, empty]) expect(readFileSync(join(each, '.gitignore'), 'utf8')).toBe('*\n');
    expect(readdirSync(used).toSorted()).toEqual(['app.js', 'coatcheck.db']);
  });

  it('that was open to others is so no longer, in a folder that stays as it is', async () => {
    const path = join(somewhere(), 'data/coatcheck.db');
    mkdirSync(dirname(path), { mode: 0o755 });
    const store = createStore(openSqlite(path));
    await store.ready();
    for (const suffix of ['', '-wal', '-shm']) chmodSync(path + suffix, 0o644);
    // Opened beside it, so that the files are there from before.
    expect(await modesOf(path)).toEqual({ folder: 0o755, '.gitignore': 0o600, ...files });
    await store.close();
  });

  it('that is opened through a link is its user’s alone', async () => {
    const folder = somewhere();
    const [file, link] = [join(folder, 'file.db'), join(folder, 'link.db')];
    symlinkSync(file, link);
    const store = createStore(openSqlite(file));
    onTestFinished(() => store.close());
    await store.ready();
    for (const suffix of ['', '-wal', '-shm']) chmodSync(file + suffix, 0o644);
    await createStore(openSqlite(link)).close();
    for (const suffix of ['', '-wal', '-shm']) expect(statSync(file + suffix).mode & 0o777).toBe(0o600);
  });

  it('is worth no word where only its user comes at it, or the folder is its user’s', () => {
    const folder = somewhere();
    const path = join(folder, 'coatcheck.db');
    writeFileSync(path, '', { mode: 0o600 });
    expect(exposureOf(path)).toBeUndefined();
    chmodSync(folder, 0o755);
    expect(exposureOf(path)).toBeUndefined();
    chmodSync(folder, 0o1777);
    expect(exposureOf(path)).toBeUndefined();
  });

  it('is worth a word in a folder in which others may replace it', () => {
    const folder = somewhere();
    const path = join(folder, 'coatcheck.db');
    writeFileSync(path, '', { mode: 0o600 });
    chmodSync(folder, 0o777);
    expect(exposureOf(path)).toContain(`${folder}, where the database lies, can be changed by other users`);
  });

  it.skipIf(process.getuid?.() !== 0)('is worth a word in a folder of another user, open to others', () => {
    const folder = somewhere();
    chmodSync(folder, 0o755);
    chownSync(folder, 65_534, 65_534);
    expect(exposureOf(join(folder, 'coatcheck.db'))).toContain(
      `${folder}, where the database lies, belongs to`,
    );
    chmodSync(folder, 0o700);
    expect(exposureOf(join(folder, 'coatcheck.db'))).toBeUndefined();
  });
});

describe('a file that is no longer at its path', () => {
  async function open() {
    const path = join(somewhere(), 'coatcheck.db');
    const told: string[] = [];
    const store = createStore(openSqlite(path, { alarm: (message) => told.push(message) }));
    onTestFinished(() => store.close());
    const write = () => store.countLoginFailure(key, meant, 1);
    await write();
    return { path, told, store, write };
  }

  it.each(['', '-wal'])(
    '(coatcheck.db%s deleted) takes no writes, says so once, and is read',
    async (which) => {
      const { path, told, store, write } = await open();
      rmSync(path + which);
      await expect(write()).rejects.toThrow(StoreUnavailable);
      await expect(write()).rejects.toThrow(/was deleted or replaced while it was open/);
      await expect(store.ready()).rejects.toThrow(StoreUnavailable);
      expect(told).toHaveLength(1);
      expect(told[0]).toContain(path);
      expect(await failuresOf(store, key)).toMatchObject({ count: 1 });
    },
  );

  it('(the log of a file that is opened through a link) takes no writes', async () => {
    const folder = somewhere();
    const [file, link] = [join(folder, 'file.db'), join(folder, 'link.db')];
    symlinkSync(file, link);
    const store = createStore(openSqlite(link));
    onTestFinished(() => store.close());
    await store.countLoginFailure(key, meant, 1);
    rmSync(`${file}-wal`);
    await expect(store.countLoginFailure(key, meant, 1)).rejects.toThrow(StoreUnavailable);
  });

  it('(replaced by another) takes no writes until it is back', async () => {
    const { path, told, store, write } = await open();
    const other = join(dirname(path), 'backup.db');
    await createStore(openSqlite(other)).close();
    renameSync(path, `${path}.moved`);
    renameSync(other, path);
    await expect(write()).rejects.toThrow(StoreUnavailable);
    expect(told).toHaveLength(1);
    renameSync(`${path}.moved`, path);
    await write();
    await expect(store.ready()).resolves.toBeUndefined();
    expect(await failuresOf(store, key)).toMatchObject({ count: 2 });
  });

  it('(replaced by a backup) leaves that as it was put there, though something is to be forgotten', async () => {
    const path = join(somewhere(), 'coatcheck.db');
    const backup = `${path}.backup`;
    await createStore(openSqlite(backup)).close();
    await createStore(openSqlite(path)).close();
    const store = createStore(openSqlite(path));
    onTestFinished(() => store.close());
    await store.countLoginFailure(key, meant, 1);
    const [file, log] = [readFileSync(backup), readFileSync(`${path}-wal`)];
    expect(log.length).toBeGreaterThan(0);
    renameSync(backup, path);
    await expect(store.sweep(1, 10)).rejects.toThrow(StoreUnavailable);
    expect(readFileSync(path).equals(file)).toBe(true);
    expect(readFileSync(`${path}-wal`).equals(log)).toBe(true);
  });
});
