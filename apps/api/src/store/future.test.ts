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
