import { describe, expect, it, onTestFinished } from 'vitest';
import { makeDatabase } from '../../test/database.ts';
import { readDatabaseUrl } from './database-url.ts';
import { openStore } from './open.ts';

// A clock was ahead once, or is behind now: what was written lies in the future, and nobody can tell which it was.

const start = Date.UTC(2026, 0, 1);
const minute = 60_000;
const hour = 60 * minute;
const year = 365 * 24 * hour;
const maxAssetVersions = 3;

async function open() {
  const database = await makeDatabase();
  const time = { now: start };
  const store = await openStore(readDatabaseUrl(database.url, '/'), {
    clock: () => time.now,
    caps: { maxAssetVersions },
  });
  onTestFinished(async () => {
    await store.close();
    await database.empty();
  });
  return { database, store, time };
}

describe('a window that ends in the future', () => {
  it('ends a length from now for who looks at it', async () => {
    const { database, store, time } = await open();
    await database.query(`INSERT INTO windows VALUES ('tries:one', 30, ${start + year})`);
    const limiter = store.windowLimiter('tries', 60);
    expect(await limiter.get('one')).toEqual({ taken: 30, endsIn: minute });
    time.now += minute - 1;
    expect(await limiter.get('one')).toEqual({ taken: 30, endsIn: 1 });
    time.now += 1;
    expect(await limiter.get('one')).toEqual({ taken: 0, endsIn: 0 });
  });

  it('ends a length from now for who takes from it', async () => {
    const { database, store, time } = await open();
    await database.query(`INSERT INTO windows VALUES ('tries:one', 30, ${start + year})`);
    const limiter = store.windowLimiter('tries', 60);
    expect(await limiter.take('one')).toEqual({ taken: 31, endsIn: minute });
    time.now += minute;
    expect(await limiter.take('one')).toEqual({ taken: 1, endsIn: minute });
  });
});

const session = {
  ...{ ticketHash: 'hash', id: 'session', accountId: 'ada', remember: false },
  ...{ createdAt: start + year, lastSeenAt: start + year + hour },
  ...{ idleExpiresAt: start + year + 3 * hour, expiresAt: start + year + 24 * hour },
  ...{ address: '192.0.2.1', network: '192.0.2.1', browser: null, system: null },
};
const account = {
  ...{ id: 'ada', username: 'ada', passwordHash: '$argon2id$one', createdAt: start + year },
  ...{ displayName: null, email: null },
};
const by = { address: null, browser: null, system: null, sessionId: null };

describe('a session of the future', () => {
  const present = {
    live: true,
    session: {
      ...{ createdAt: start, lastSeenAt: start },
      ...{ idleExpiresAt: start + 2 * hour, expiresAt: start + 24 * hour },
    },
  };

  it('answers for an idle limit from the next sweep on, used or not', async () => {
    const { store } = await open();
    await store.register(account, session);
    expect(await store.findSession('hash', start)).toMatchObject(present);
    await store.sweep(start, 100);
    expect(await store.sessionsOf('ada', start)).toMatchObject([present.session]);
    const use = { lastSeenAt: start + hour, idleExpiresAt: start + 3 * hour, address: '192.0.2.1' };
    await store.renewSession('hash', use);
    await store.sweep(start + hour, 100);
    expect(await store.findSession('hash', start + 2 * hour - 1)).toMatchObject({ live: true });
    expect(await store.findSession('hash', start + 2 * hour)).toEqual({
      live: false,
      reason: 'expired-idle',
    });
    expect(await store.sessionsOf('ada', start + 2 * hour)).toEqual([]);
  });

  it('keeps the end it had when only its last use lies there', async () => {
    const { store } = await open();
    const expiresAt = start + 20 * hour;
    const used = { createdAt: start - 4 * hour, lastSeenAt: start + 19 * hour, idleExpiresAt: expiresAt };
    await store.register(account, { ...session, ...used, expiresAt });
    const found = { createdAt: used.createdAt, lastSeenAt: start, idleExpiresAt: start + hour, expiresAt };
    expect(await store.findSession('hash', start)).toMatchObject({ session: found });
  });

  it('is left as it is when the clocks of two processes may merely differ', async () => {
    const { store } = await open();
    const lastSeenAt = start + 30_000;
    await store.register(account, { ...session, createdAt: lastSeenAt, lastSeenAt });
    expect(await store.findSession('hash', start)).toMatchObject({ session: { lastSeenAt } });
  });
});

it('the sweep goes on though its duty is held for a year', async () => {
  const { database, store } = await open();
  await database.query(`UPDATE duties SET held_by = 'another', held_until = ${start + year}`);
  const past = { createdAt: start - hour, lastSeenAt: start - hour, idleExpiresAt: start - 1 };
  await store.register(account, { ...session, ...past, expiresAt: start });
  expect(await store.sweep(start, 100)).toBeGreaterThan(0);
  expect((await database.dump()).sessions).toEqual([]);
});

it('the sweep is another’s while that may be at it', async () => {
  const { database, store } = await open();
  const until = start + 90_000;
  await database.query(`UPDATE duties SET held_by = 'another', held_until = ${until} WHERE name = 'sweep'`);
  await store.register(account, { ...session, createdAt: start - hour, idleExpiresAt: start - 1 });
  expect(await store.sweep(start, 100)).toBe(0);
  expect(await store.sweep(until, 100)).toBeGreaterThan(0);
});

describe('a clock that is behind for a year', () => {
  const day = 24 * hour;
  const right = start + year;

  it('changes nothing that was written before, however long it is and whatever it looks at', async () => {
    const { database, store, time } = await open();
    time.now = right;
    await store.register(account, { ...session, createdAt: right, lastSeenAt: right });
    const ended = { ...session, ticketHash: 'ended', id: 'ended' };
    const proof = {
      verifiedHash: account.passwordHash,
      failureKey: { nameHash: 'ada', network: '192.0.2.1', familiar: true },
    };
    await store.logIn(ended, proof);
    await store.logOut('ended', by, right);
    const meant = { accountId: undefined, type: 'login-failed' as const, by };
    const key = { nameHash: 'name', network: '192.0.2.1', familiar: false };
    await store.countLoginFailure(key, meant, right);
    await store.putAssets('1', 'page', right);
    const kept = async () => {
      const { sessions, ...others } = await database.dump();
      const { tombstones, login_failures, familiar_networks, events, assets } = others;
      for (const rows of Object.values({ tombstones, login_failures, familiar_networks, events, assets }))
        expect(rows).not.toEqual([]);
      const times = (sessions as Record<string, unknown>[]).map(({ ahead_since: _, ...row }) => row);
      return { sessions: times, tombstones, login_failures, familiar_networks, events, assets };
    };
    const before = await kept();
    for (time.now = start; time.now < start + 3 * day; time.now += hour) {
      await store.sweep(time.now, 100);
      await store.findSession('hash', time.now);
    }
    expect(await kept()).toEqual(before);
    expect(await store.findSession('hash', right + hour)).toMatchObject({
      live: true,
      session: { createdAt: right, lastSeenAt: right },
    });
    await store.sweep(right + 91 * day, 100);
    const { sessions, tombstones, login_failures, familiar_networks, events, assets } = await database.dump();
    expect([tombstones, login_failures, familiar_networks, events, assets].flat()).toMatchObject([
      { ticket_hash: 'hash', reason: 'expired-idle' },
    ]);
    expect(sessions).toEqual([]);
  });
});

it('windows that end further ahead than any can are swept a batch at a time', async () => {
  const { database, store } = await open();
  for (let at = 1; at <= 5; at += 1) {
    await database.query(`INSERT INTO windows VALUES ('tries:${at}', 1, ${start + year + at})`);
  }
  expect(await store.sweep(start, 2)).toBe(2);
  expect(await store.sweep(start, 2)).toBe(2);
  expect(await store.sweep(start, 2)).toBe(1);
  expect(await store.sweep(start, 2)).toBe(0);
});

it('new assets are kept though all that are there were put in the future', async () => {
  const { database, store } = await open();
  for (let at = 0; at < maxAssetVersions; at += 1) await store.putAssets(`${at}`, 'page', start + year + at);
  await store.putAssets('new', 'page', start);
  expect(await store.findAssets('new')).toBe('page');
  expect((await database.dump()).assets).toHaveLength(maxAssetVersions);
});
