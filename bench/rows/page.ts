import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { sqliteIn, startProduct } from '../lib/product.ts';
import type { Row } from '../lib/row.ts';

/** The JavaScript that the page needs before it shows anything. */
export const page: Row = {
  name: 'page',
  async measure(bench) {
    await using product = await startProduct({ database: sqliteIn(bench.folder) });
    const html = String(await bodyOf(product.url));
    const scripts = [
      ...html.matchAll(/<script[^>]+src="([^"]+)"/g),
      ...html.matchAll(/<link[^>]+rel="modulepreload"[^>]+href="([^"]+)"/g),
    ];
    const sizes = await Promise.all(scripts.map(([, path]) => bodyOf(`${product.url}${path}`, 'gzip')));
    const bytes = sizes.reduce((sum, { length }) => sum + length, 0);
    if (bytes === 0) throw new Error('The page names no script.');
    return [
      {
        name: 'page',
        what: 'bytes of JavaScript that the page names for its first paint, as they travel with gzip',
        unit: 'bytes',
        goal: { atMost: 85_000 },
        rounds: [{ own: bytes }],
        notes: [
          'A size is measured once. tests/browser/pages.test.ts holds what a browser asks for to the same bound.',
        ],
      },
    ];
  },
};

/** @returns the body of an answer as it travels. `fetch` would unpack it. */
const bodyOf = (url: string, encoding = 'identity'): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': encoding };
    get(url, { headers }, (response: IncomingMessage) => {
      if (response.statusCode === 200) buffer(response).then(resolve, reject);
      else reject(new Error(`${url} answered ${response.statusCode}.`));
    }).on('error', reject);
  });
