import type { Engine } from '../engines/engine.ts';
import { change, one } from '../engines/work.ts';
import { maxAssetVersions } from '../retention.ts';
import type { Store } from '../store.ts';

/** The shelf of assets: one row a version of the page. */
export function assetsIn({ read, write }: Engine): Pick<Store, 'putAssets' | 'findAssets'> {
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

    findAssets: async (version) =>
      (await read(one<{ content: string }>('SELECT content FROM assets WHERE version = ?', version)))
        ?.content,
  };
}
