import type { Engine } from './engine.ts';
import { maxAssetVersions, type Store } from './store.ts';
import { change, one } from './work.ts';

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
          'DELETE FROM assets WHERE version NOT IN (SELECT version FROM assets ORDER BY put_at DESC LIMIT ?)',
          maxAssetVersions,
        );
      }),

    findAssets: async (version) =>
      (await read(one<{ content: string }>('SELECT content FROM assets WHERE version = ?', version)))
        ?.content,
  };
}
