import type { Engine } from '../engines/engine.ts';
import { change, one } from '../engines/work.ts';
import type { WindowLimiter, WindowState, WindowStore } from '../windows.ts';

interface WindowRow {
  points: number;
  expire: number;
}

// A window that another clock, ahead of this one, has put into the future ends at most its length from now.
const takePoint = `INSERT INTO windows (key, points, expire) VALUES (?, 1, ?)
   ON CONFLICT (key) DO UPDATE SET
     points = CASE WHEN windows.expire <= ? THEN 1 ELSE windows.points + 1 END,
     expire = CASE WHEN windows.expire <= ? OR windows.expire > excluded.expire THEN excluded.expire
                   ELSE windows.expire END
   RETURNING points, expire`;

/**
 * Limiters over the table `windows`, whose keys are `name:key`. One statement takes a point, so that of many callers
 * at once each is told another number.
 * @param clock milliseconds since 1970: callers of a limiter do not pass the time.
 */
export function createWindowStore(engine: Engine, clock: () => number): WindowStore {
  return { windowLimiter: (name, seconds) => createLimiter(engine, clock, name, seconds * 1_000) };
}

function createLimiter(engine: Engine, clock: () => number, name: string, windowMs: number): WindowLimiter {
  const stateOf = ({ points, expire }: WindowRow, now: number): WindowState => ({
    taken: points,
    endsIn: Math.min(expire - now, windowMs),
  });

  /** Writes the end of a window down; otherwise it would stay a whole length away. */
  function shorten(key: string, now: number) {
    const sql = 'UPDATE windows SET expire = ? WHERE key = ? AND expire > ?';
    return change(sql, now + windowMs, `${name}:${key}`, now + windowMs);
  }

  return {
    async get(key) {
      const now = clock();
      const sql = 'SELECT points, expire FROM windows WHERE key = ? AND expire > ?';
      const row = await engine.read(one<WindowRow>(sql, `${name}:${key}`, now));
      if (!row) return { taken: 0, endsIn: 0 };
      if (row.expire > now + windowMs) await engine.write(() => shorten(key, now));
      return stateOf(row, now);
    },

    async take(key) {
      const now = clock();
      const row = await engine.write(() =>
        one<WindowRow>(takePoint, ...[`${name}:${key}`, now + windowMs, now, now]),
      );
      return stateOf(row as WindowRow, now);
    },

    async giveBack(key) {
      const sql = 'UPDATE windows SET points = points - 1 WHERE key = ? AND expire > ? AND points > 0';
      await engine.write(() => change(sql, `${name}:${key}`, clock()));
    },
  };
}
