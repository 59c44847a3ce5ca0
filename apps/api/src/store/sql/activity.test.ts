import { describe, expect, it, onTestFinished } from 'vitest';
import { makeDatabase } from '../../../test/database.ts';
import { writeEvents } from '../../../test/history.ts';
import { readDatabaseUrl } from '../database-url.ts';
import { openEngine, openStore } from '../open.ts';
import type { NewSession, StoredEvent } from '../records.ts';
import { type StoreCaps, storeCaps } from '../retention.ts';
import { eraseAccount } from './erase.ts';

const start = Date.UTC(2026, 0, 1);
const minute = 60_000;
const hour = 60 * minute;
const by = { address: '192.0.2.1', browser: 'Firefox', system: 'Linux', sessionId: 'session' };

// Few, so that few events are too many.
const maxEventsPerType: StoreCaps['maxEventsPerType'] = {
  ...storeCaps.maxEventsPerType,
  'logged-out': 4,
  'password-refused': 3,
  'login-failed': 6,
  'profile-changed': 5,
};
const maxFamiliarNetworks = 5;

async function open() {
  const database = await makeDatabase();
  const url = readDatabaseUrl(database.url, '/');
  const caps = { maxEventsPerType, maxFamiliarNetworks };
  let store = await openStore(url, { caps });
  onTestFinished(async () => {
    await store.close();
    await database.empty();
  });
  const account = { ...nobody, id: 'ada', username: 'another', createdAt: start };
  await store.register(account, stay());
  return {
    database,
    get store() {
      return store;
    },
    async restart() {
      await store.close();
      store = await openStore(url, { caps });
    },
    /** Sweeps until nothing is left to do. */
    async sweep(now: number, batch = 200) {
      while ((await store.sweep(now, batch)) >= batch);
    },
    async kept(type?: StoredEvent['type']) {
      const events = await store.eventsOf('ada', 30_000);
      return type ? events.filter((event) => event.type === type) : events;
    },
  };
}

const nobody = { passwordHash: '$argon2id$one', displayName: null, email: null };
let made = 0;
const stay = (more: Partial<NewSession> = {}): NewSession & { accountId: string } => {
  made += 1;
  return {
    ...{ ticketHash: `hash ${made}`, id: `session ${made}`, createdAt: start, lastSeenAt: start },
    ...{ idleExpiresAt: start + 2 * hour, expiresAt: start + 24 * hour, remember: false },
    ...{ address: '192.0.2.1', network: '192.0.2.1', browser: 'Firefox', system: 'Linux' },
    ...more,
    accountId: 'ada',
  };
};
const proof = {
  verifiedHash: '$argon2id$one',
  failureKey: { nameHash: 'ada', network: '192.0.2.1', familiar: false },
};

describe('the activity of an account', () => {
  it('has room for 10,000 events in all', () => {
    const events = Object.values(storeCaps.maxEventsPerType).reduce((sum, share) => sum + share, 0);
    expect(events).toBe(10_000);
  });

  it('gives each type a share of its own, and lets the oldest of that type go', async () => {
    const counter = await open();
    await writeEvents(counter.database, 'ada', 'logged-in', 3, start);
    await writeEvents(counter.database, 'ada', 'profile-changed', 20, start + 2 * hour);
    await writeEvents(counter.database, 'ada', 'login-failed', 20, start + 3 * hour);
    await counter.sweep(start + 4 * hour);
    expect(await counter.kept('registered')).toHaveLength(1);
    expect(await counter.kept('logged-in')).toHaveLength(3);
    const changes = await counter.kept('profile-changed');
    expect(changes).toHaveLength(maxEventsPerType['profile-changed']);
    expect(changes[0]?.at).toBe(start + 2 * hour);
    expect(changes.at(-1)?.at).toBe(start + 2 * hour - (maxEventsPerType['profile-changed'] - 1) * 1_000);
    expect(await counter.kept('login-failed')).toHaveLength(maxEventsPerType['login-failed']);
  });

  it('is thinned of what was written before a restart, and by another process', async () => {
    const counter = await open();
    await counter.sweep(start + hour);
    await writeEvents(counter.database, 'ada', 'logged-out', 20, start + 2 * hour);
    await counter.restart();
    await writeEvents(counter.database, 'ada', 'password-refused', 20, start + 2 * hour);
    await counter.sweep(start + 3 * hour);
    expect(await counter.kept('logged-out')).toHaveLength(maxEventsPerType['logged-out']);
    expect(await counter.kept('password-refused')).toHaveLength(maxEventsPerType['password-refused']);
  });

  it('is thinned though many accounts wrote in one moment', async () => {
    const counter = await open();
    for (const name of ['bea', 'carl', 'dora']) {
      const account = { ...nobody, id: name, username: name, createdAt: start };
      await counter.store.register(account, { ...stay(), accountId: name });
    }
    await writeEvents(counter.database, 'ada', 'logged-out', 7, start - hour);
    await counter.sweep(start + hour, 1);
    expect(await counter.kept('logged-out')).toHaveLength(maxEventsPerType['logged-out']);
  });

  it('leaves alone what a newer version has written', async () => {
    const counter = await open();
    await writeEvents(counter.database, 'ada', 'hat-changed' as StoredEvent['type'], 20, start);
    await counter.sweep(start + hour);
    expect(await counter.kept()).toHaveLength(21);
  });

  it('knows the device of an early login behind ten thousand other events', async () => {
    const counter = await open();
    await writeEvents(counter.database, 'ada', 'login-failed', 10_000, start + hour);
    const again = stay({ createdAt: start + 2 * hour });
    await counter.store.logIn(again, proof);
    const other = stay({ createdAt: start + 2 * hour, system: null });
    await counter.store.logIn(other, proof);
    const logins = await counter.kept('logged-in');
    expect(logins.map(({ sessionId, newDevice }) => [sessionId, newDevice])).toEqual(
      expect.arrayContaining([
        [again.id, false],
        [other.id, true],
      ]),
    );
  });
});

it('an account knows only so many networks, and forgets the one without a login for longest', async () => {
  const { store, sweep } = await open();
  for (let more = 1; more <= maxFamiliarNetworks; more += 1) {
    await store.logIn(stay({ network: `198.51.100.${more}`, createdAt: start + more }), proof);
  }
  await sweep(start + hour);
  expect(await store.isFamiliarNetwork('ada', '192.0.2.1', 0)).toBe(false);
  expect(await store.isFamiliarNetwork('ada', '198.51.100.1', 0)).toBe(true);
});

describe('an account that is deleted', () => {
  const leaving = { verifiedHash: '$argon2id$one', nameHash: 'ada' };

  it('is gone with ten thousand events', async () => {
    const { database, store } = await open();
    await writeEvents(database, 'ada', 'logged-in', 10_000, start);
    expect(await store.deleteAccount('ada', leaving, start)).toBe('deleted');
    expect(JSON.stringify(await database.dump())).not.toContain('"ada"');
  });

  it('goes in pieces, between which others write', async () => {
    const { database, sweep } = await open();
    await writeEvents(database, 'ada', 'logged-in', 1_000, start);
    await database.query('DELETE FROM sessions');
    await database.query('DELETE FROM familiar_networks');
    await database.query(`UPDATE accounts SET password_hash = 'leaving' WHERE id = 'ada'`);
    const engine = await openEngine(readDatabaseUrl(database.url, '/'));
    let pieces = 0;
    const write: typeof engine.write = (work) => {
      pieces += 1;
      return engine.write(work);
    };
    await eraseAccount({ ...engine, write }, 'ada');
    await engine.close();
    expect(pieces).toBeGreaterThan(5);
    await sweep(start);
    expect(JSON.stringify(await database.dump())).not.toContain('"ada"');
  });

  it('is gone though the process ended before all was removed, and others stay', async () => {
    const { database, store, sweep } = await open();
    await writeEvents(database, 'ada', 'logged-in', 1_000, start);
    // What the first transaction leaves.
    await database.query('DELETE FROM sessions');
    await database.query('DELETE FROM familiar_networks');
    await database.query(`UPDATE accounts SET username = '~ada', password_hash = 'leaving' WHERE id = 'ada'`);
    expect(await store.everythingAbout('ada', 'ada', start)).toBeUndefined();
    expect(await store.changeProfile('ada', { displayName: 'Ada' }, by, start)).toBeUndefined();
    const next = { ...nobody, id: 'another', username: 'ada', createdAt: start };
    expect(await store.register(next, { ...stay(), accountId: 'another' })).toBe('registered');
    await sweep(start + hour);
    const { accounts, events } = await database.dump();
    expect(accounts).toMatchObject([{ id: 'another' }]);
    expect(events).toMatchObject([{ account_id: 'another' }]);
  });
});
