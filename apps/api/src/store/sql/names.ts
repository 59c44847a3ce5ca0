import { hash } from 'node:crypto';
import type { Engine } from '../engines/engine.ts';
import { change, insert, one, type Work } from '../engines/work.ts';
import type { NameStore } from '../names.ts';

/**
 * @returns SHA-256 of a name, hex. Without a secret nothing hides a name that somebody guesses: the hash only keeps the
 * names from being read.
 */
const hashOf = (username: string): string => hash('sha256', username);

/** @returns the part of the store that knows which names are taken. */
export function createNameStore({ read, write }: Engine): NameStore {
  return {
    async isNameTaken(username) {
      const sql = `SELECT 1 FROM accounts WHERE username = ?
                   UNION ALL SELECT 1 FROM left_names WHERE name_hash = ?`;
      return (await read(one(sql, username, hashOf(username)))) !== undefined;
    },

    freeName: (username) =>
      write(function* () {
        const freed = yield* change('DELETE FROM left_names WHERE name_hash = ?', hashOf(username));
        return freed > 0 ? 'freed' : 'not-left';
      }),
  };
}

/** Keeps the hash of a name whose account is being deleted. */
export function* keepLeftName(username: string): Work<void> {
  // A server of the version before may have given the name out once more.
  yield* insert('left_names', [{ name_hash: hashOf(username) }], 'ON CONFLICT DO NOTHING');
}

/** @returns whether a deleted account had the name. */
export function* isNameLeft(username: string): Work<boolean> {
  return (yield* one('SELECT 1 FROM left_names WHERE name_hash = ?', hashOf(username))) !== undefined;
}
