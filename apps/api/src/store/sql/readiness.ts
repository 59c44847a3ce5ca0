import { randomBytes } from 'node:crypto';
import type { Engine } from '../engines/engine.ts';
import { change } from '../engines/work.ts';
import { StoreUnavailable } from '../errors.ts';

/** Characters of a large write: more than any call of the store writes. */
const largeWriteLength = 128 * 1024;

/**
 * Watches how the writes of an engine end.
 * @returns `watched`, the same engine, and `ready`, which resolves when the database has taken a write. After a write
 * that failed, `ready` makes a large one: a full disk may still take a small one.
 */
export function watchWrites(engine: Engine): { watched: Engine; ready(): Promise<void> } {
  let hasFailed = false;

  async function write<T>(work: Parameters<Engine['write']>[0]): Promise<T> {
    try {
      return (await engine.write(work)) as T;
    } catch (error) {
      if (error instanceof StoreUnavailable) hasFailed = true;
      throw error;
    }
  }

  return {
    watched: { ...engine, write: write as Engine['write'] },
    async ready() {
      const text = hasFailed ? randomBytes((largeWriteLength / 4) * 3).toString('base64') : '';
      hasFailed = false;
      // SQLite writes nothing when the bytes of a row stay as they are.
      const sql = `UPDATE duties SET held_until = 1 - held_until, held_by = ? WHERE name = 'ready'`;
      await write(() => change(sql, text));
    },
  };
}
