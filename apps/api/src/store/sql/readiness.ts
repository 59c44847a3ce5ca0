import { randomBytes } from 'node:crypto';
import type { Engine } from '../engines/engine.ts';
import { change } from '../engines/work.ts';
import { StoreUnavailable } from '../errors.ts';

/** More characters than any call of ours writes. */
const muchText = 128 * 1024;

/**
 * Watches how the writes of an engine end.
 * @returns the same engine, watched; and `ready`, which resolves when the database takes writes. After a write that
 * failed, that wants proof of a large one: a disk that is full may still take a small one.
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
      const text = hasFailed ? randomBytes((muchText / 4) * 3).toString('base64') : '';
      hasFailed = false;
      // A row whose bytes stay as they are makes SQLite write nothing.
      const sql = `UPDATE duties SET held_until = 1 - held_until, held_by = ? WHERE name = 'ready'`;
      await write(() => change(sql, text));
    },
  };
}
