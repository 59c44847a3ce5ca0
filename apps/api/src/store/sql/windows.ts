import type { Engine } from '../engines/engine.ts';
import { change, one } from '../engines/work.ts';
import type { WindowLimiter } from '../windows.ts';

interface WindowRow {
  points: number;
  expire: number;
}

// A window that another clock, ahead of this one, has put into the future ends at most its length from now.
const taken = `INSERT INTO windows (key, points, expire) VALUES (?, 1, ?)
   ON CONFLICT (key) DO UPDATE SET
     points = CASE WHEN windows.expire <= ? THEN 1 ELSE windows.points + 1 END,
     expire = CASE WHEN windows.expire <= ? OR windows.expire > excluded.expire THEN excluded.expire
                   ELSE windows.expire END
   RETURNING points, expire`;

/**
 * A limiter over the table `windows`. A window begins with the first point that is taken, and is over `seconds` later
 * with all its points. One statement takes a point, so that of many who take at once each is told another number.
 * @param name stands before its keys, as `name:key`.
 */
export function windowLimiter(
  engine: Engine,
  now: () => number,
  name: string,
  seconds: number,
): WindowLimiter {
  const length = seconds * 1_000;
  const standing = ({ points, expire }: WindowRow, at: number) => ({
    taken: points,
    endsIn: Math.min(expire - at, length),
  });

  return {
    async get(key) {
      const at = now();
      const sql = 'SELECT points, expire FROM windows WHERE key = ? AND expire > ?';
      const row = await engine.read(one<WindowRow>(sql, `${name}:${key}`, at));
      if (!row) return { taken: 0, endsIn: 0 };
      if (row.expire > at + length) await engine.write(() => cut(key, at));
      return standing(row, at);
    },

    async take(key) {
      const at = now();
      const row = await engine.write(() => one<WindowRow>(taken, ...[`${name}:${key}`, at + length, at, at]));
      return standing(row as WindowRow, at);
    },

    async giveBack(key) {
      const sql = 'UPDATE windows SET points = points - 1 WHERE key = ? AND expire > ? AND points > 0';
      await engine.write(() => change(sql, `${name}:${key}`, now()));
    },
  };

  /** Written down, since otherwise its end would stay a whole length away. */
  function cut(key: string, at: number) {
    const sql = 'UPDATE windows SET expire = ? WHERE key = ? AND expire > ?';
    return change(sql, at + length, `${name}:${key}`, at + length);
  }
}
