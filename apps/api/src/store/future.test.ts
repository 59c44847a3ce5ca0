import { describe, expect, it, onTestFinished } from 'vitest';
import { makeDatabase } from '../../test/database.ts';
import { readDatabaseUrl } from './address.ts';
import { openStore } from './open.ts';

// A clock was ahead once, and what was written then lies in the future of a clock that is right.

const start = Date.UTC(2026, 0, 1);
const minute = 60_000;
const hour = 60 * minute;
const year = 365 * 24 * hour;

async function open() {
  const database = await makeDatabase();
  const time = { now: start };
  const store = await openStore(readDatabaseUrl(database.url, '/'), () => time.now);
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

  it('has an ordinary life from its first use on', async () => {
    const { store } = await open();
    await store.register(account, session);
    expect(await store.findSession('hash', start)).toMatchObject(present);
    const use = { lastSeenAt: start + hour, idleExpiresAt: start + 3 * hour, address: '192.0.2.1' };
    await store.renewSession('hash', use);
    const { lastSeenAt, idleExpiresAt } = use;
    expect(await store.findSession('hash', start + hour)).toMatchObject({
      live: true,
      session: { lastSeenAt, idleExpiresAt },
    });
    expect(await store.findSession('hash', start + 3 * hour)).toEqual({
      live: false,
      reason: 'expired-idle',
    });
  });

  it('has an ordinary life from the next sweep on, used or not', async () => {
    const { store } = await open();
    await store.register(account, session);
    await store.sweep(start, 100);
    expect(await store.sessionsOf('ada', start)).toMatchObject([present.session]);
    expect(await store.findSession('hash', start + 2 * hour)).toEqual({
      live: false,
      reason: 'expired-idle',
    });
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

describe('what was written in the future', () => {
  const day = 24 * hour;

  it('counts as written now, and goes in its time', async () => {
    const { database, store } = await open();
    await store.register(account, session);
    await store.logOut('hash', by, start + year);
    const meant = { accountId: undefined, type: 'login-failed' as const, by };
    await store.countLoginFailure(
      { nameHash: 'name', network: '192.0.2.1', familiar: false },
      meant,
      start + year,
    );
    await database.query(`INSERT INTO windows VALUES ('tries:one', 1, ${start + year})`);
    await store.sweep(start, 100);
    const times = async () => {
      const { tombstones, login_failures, familiar_networks, events, windows } = await database.dump();
      return { tombstones, login_failures, familiar_networks, events, windows };
    };
    const now = (value: unknown) => expect(Number(value)).toBeLessThanOrEqual(start + day);
    for (const rows of Object.values(await times())) {
      expect(rows).not.toEqual([]);
      for (const row of rows as Record<string, unknown>[]) {
        for (const column of ['ended_at', 'last_at', 'last_login_at', 'at', 'expire']) now(row[column] ?? 0);
      }
    }
    await store.sweep(start + 90 * day, 100);
    for (const rows of Object.values(await times())) expect(rows).toEqual([]);
  });

  it('comes to the present a batch at a time', async () => {
    const { database, store } = await open();
    for (let at = 1; at <= 5; at += 1) {
      await database.query(`INSERT INTO tombstones VALUES ('hash ${at}', 'revoked', ${start + year + at})`);
    }
    expect(await store.sweep(start, 2)).toBe(2);
    expect(await store.sweep(start, 2)).toBe(2);
    expect(await store.sweep(start, 2)).toBe(1);
    expect(await store.sweep(start, 2)).toBe(0);
  });
});
