import type { Engine } from './engine.ts';
import type { Store } from './store.ts';
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
      }),

    findAssets: async (version) =>
      (await read(one<{ content: string }>('SELECT content FROM assets WHERE version = ?', version)))
        ?.content,
  };
}
