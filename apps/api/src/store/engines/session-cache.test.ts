import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { registered, someSession, start } from '../../../test/stored.ts';
import { createStore } from '../sql/sql-store.ts';
import { openSqlite, type SqliteOptions } from './sqlite.ts';

/** A file with an account and its session, which has been looked up, and another connection to the file. */
async function open(options?: SqliteOptions) {
  const folder = mkdtempSync(join(tmpdir(), 'coatcheck-'));
  const path = join(folder, 'coatcheck.db');
  const engine = openSqlite(path, options);
  const store = createStore(engine);
  const { account, session, proof } = await registered(store);
  const other = new Database(path);
  onTestFinished(async () => {
    other.close();
    await store.close();
    rmSync(folder, { recursive: true });
  });
  await store.findSession(session.ticketHash, start);
  const recall = () => engine.recall(session.ticketHash);
  expect(recall()).toMatchObject({ account, session: { id: session.id } });
  return { engine, store, account, session, proof, other, recall };
}

const by = { address: null, browser: null, system: null, sessionId: null };

describe('a session that was looked up is known without another look', () => {
  it('until it is renewed, remembers something else, or ends', async () => {
    const { store, session, recall } = await open();
    const { ticketHash } = session;
    const use = { lastSeenAt: start + 1, idleExpiresAt: start + 9, address: '192.0.2.9' };
    for (const write of [
      () => store.renewSession(ticketHash, use),
      () => store.remember(ticketHash, () => ({ likes: 'cats' })),
      () => store.logOut(ticketHash, by, start),
    ]) {
      await write();
      expect(recall()).toBeUndefined();
      await store.findSession(ticketHash, start);
    }
    expect(recall()).toBeUndefined();
  });

  it('until its account changes', async () => {
    const { store, account, session, recall } = await open();
    await store.changeProfile(account.id, { displayName: 'Ada' }, by, start);
    expect(recall()).toBeUndefined();
    await store.findSession(session.ticketHash, start);
    expect(recall()?.account?.displayName).toBe('Ada');
  });

  it('while others begin, end and change theirs', async () => {
    const { store, account, session, proof, recall } = await open();
    const another = await registered(store);
    await store.changeProfile(another.account.id, { displayName: 'Bea' }, by, start);
    await store.logIn(someSession(account.id), proof);
    await store.logOut(another.session.ticketHash, by, start);
    expect(recall()?.session.id).toBe(session.id);
  });

  it('until another connection writes anything', async () => {
    const { other, recall } = await open();
    other.exec(`UPDATE duties SET held_until = held_until + 1 WHERE name = 'sweep'`);
    expect(recall()).toBeUndefined();
  });

  it.each(['this connection', 'another connection'])(
    'unless %s wrote while it was looked up',
    async (writer) => {
      const { engine, store, account, session, other, recall } = await open();
      other.exec('UPDATE accounts SET display_name = NULL');
      const work = engine.lookUp(session.ticketHash);
      const { sql, values } = work.next().value as { sql: string; values: string[] };
      const rows = [other.prepare(sql).get(...values)];
      if (writer === 'this connection') {
        await store.changeProfile(account.id, { displayName: 'Ada' }, by, start);
      } else {
        other.exec(`UPDATE accounts SET display_name = 'Ada'`);
      }
      const next = work.next({ rows, changes: 1 }).value as { sql: string; values: string[] };
      work.next({ rows: [other.prepare(next.sql).get(...next.values)], changes: 1 });
      expect(recall()).toBeUndefined();
    },
  );

  it('until many others were looked up, and is forgotten wherever it is kept', async () => {
    const maxKept = 20;
    const { engine, store, account, session, other, recall } = await open({ maxCached: maxKept });
    other.exec(`
      WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${maxKept})
      INSERT INTO sessions (ticket_hash, id, account_id, created_at, last_seen_at, idle_expires_at, expires_at,
        remember, address, browser, system, remembered)
      SELECT 'many ' || n, 'many ' || n, '${account.id}', ${start}, ${start}, ${start + 1_000}, ${start + 1_000},
        0, '192.0.2.1', NULL, NULL, '{}' FROM numbers`);
    const lookUp = (from: number, to: number) =>
      Promise.all(
        Array.from({ length: to - from }, (_, n) => store.findSession(`many ${from + n + 1}`, start)),
      );
    await store.findSession(session.ticketHash, start);
    await lookUp(0, maxKept / 2);
    expect(recall()?.session.id).toBe(session.id);
    await store.logOut('many 1', by, start);
    await store.logOut(session.ticketHash, by, start);
    expect(recall()).toBeUndefined();
    expect(engine.recall('many 1')).toBeUndefined();
    expect(engine.recall('many 2')?.account).toEqual(account);
    await lookUp(maxKept / 2, maxKept);
    await lookUp(0, 1);
    expect(engine.recall('many 2')).toBeUndefined();
    expect(engine.recall(`many ${maxKept}`)?.account).toEqual(account);
  });

  it('as a record that nobody can change', async () => {
    const { recall } = await open();
    const { session, account } = recall() ?? {};
    expect([session, account].every(Object.isFrozen)).toBe(true);
  });
});
