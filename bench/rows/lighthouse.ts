import { join } from 'node:path';
import { ask } from '../lib/processes.ts';
import { register, sqliteIn, startProduct } from '../lib/product.ts';
import type { Row } from '../lib/row.ts';

/** What the client of this row is asked. */
export interface Pages {
  urls: string[];
  /** The value of the header `cookie` of each request. */
  cookie: string;
  /** The ids of Lighthouse's categories. */
  categories: string[];
}

/** What Lighthouse found of a page. */
export interface Look {
  url: string;
  /** By category, from 0 to 1. */
  scores: Record<string, number>;
  /** The ids of the audits that found something. */
  failed: string[];
}

const categories = ['accessibility', 'best-practices'];
const paths = {
  stranger: ['/', '/login', '/register', '/recover', '/enter', '/conversation', '/why', '/docs', '/problems'],
  member: [
    '/',
    '/account',
    '/account/sessions',
    '/account/activity',
    '/account/ways',
    '/account/password',
    '/account/leave',
    '/goodbye',
  ],
};
const client = join(import.meta.dirname, '../clients/lighthouse.ts');

/** What Lighthouse says of the pages. */
export const lighthouse: Row = {
  name: 'lighthouse',
  async measure(bench) {
    await using product = await startProduct({ database: sqliteIn(bench.folder) });
    const { cookie } = await register(product.url, 'visitor');
    const looks: Look[] = [];
    for (const [own, pages] of [
      ['', paths.stranger],
      [cookie, paths.member],
    ] as const) {
      const urls = pages.map((path) => new URL(path, product.url).href);
      const asked: Pages = { urls, cookie: own, categories };
      looks.push(...(await ask<Look[]>({ command: process.execPath, args: [client] }, asked)));
      bench.progress('looked at', looks.length / (paths.stranger.length + paths.member.length));
    }
    return categories.map((category) => {
      const scores = looks.map(({ scores }) => (scores[category] ?? 0) * 100);
      const imperfect = looks.filter(({ scores }) => (scores[category] ?? 0) < 1);
      return {
        name: `lighthouse, ${category}`,
        what: `Lighthouse’s lowest score for ${category} on ${looks.length} pages`,
        unit: 'of 100',
        goal: { atLeast: 100 },
        rounds: [{ own: Math.min(...scores) }],
        notes: imperfect.map(({ url, failed }) => `${new URL(url).pathname}: ${failed.join(', ')}.`),
      };
    });
  },
};
