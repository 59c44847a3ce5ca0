import type { AssetStore } from '../assets.ts';
import type { Engine } from '../engines/engine.ts';
import { change, one } from '../engines/work.ts';
import type { StoreCaps } from '../retention.ts';

/** @returns the part of the store that keeps the assets of the page: one row a version. */
export function createAssetStore({ read, write }: Engine, { maxAssetVersions }: StoreCaps): AssetStore {
  return {
    putAssets: (version, content, now) =>
      write(function* () {
        yield* change(
          `INSERT INTO assets (version, put_at, content) VALUES (?, ?, ?)
           ON CONFLICT (version) DO UPDATE SET put_at = excluded.put_at, content = excluded.content`,
          ...[version, now, content],
        );
        yield* change(
          // Rows that a clock put while it was ahead count as newest, and must not push out what was put now.
          `DELETE FROM assets WHERE version <> ? AND version NOT IN (
             SELECT version FROM assets WHERE version <> ? ORDER BY put_at DESC LIMIT ?)`,
          ...[version, version, maxAssetVersions - 1],
        );
      }),

    async findAssets(version) {
      const sql = 'SELECT content FROM assets WHERE version = ?';
      return (await read(one<{ content: string }>(sql, version)))?.content;
    },
  };
}
