import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { at } from '../../test/base-path.ts';
import { type Counter, day, openCounter } from '../../test/counter.ts';
import { storeCaps } from '../store/retention.ts';
import { keepOnShelf } from './asset-shelf.ts';
import { type Files, pack, versionOf } from './assets.ts';
import { readBuild } from './build.ts';

/** The addresses of what the page loads first, as they are at the root. */
async function addresses({ app }: Counter): Promise<string[]> {
  const { body } = await app.inject(at('/'));
  const found = [...body.matchAll(/"([^"]*\/assets\/[^"]+)"/g)].map(([, address = '']) => address);
  return found.map((address) => address.slice(inject('basePath').length));
}

const get = ({ app }: Counter, url: string, headers: Record<string, string> = {}) =>
  app.inject({ url: at(url), headers });

describe('an asset', () => {
  it('is told how it may be kept, and comes in the form that the client takes', async () => {
    const counter = await openCounter();
    const [script = ''] = (await addresses(counter)).filter((address) => address.endsWith('.js'));
    const plain = await get(counter, script);
    expect(plain.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      vary: 'Origin, Accept-Encoding',
    });
    expect(plain.headers['content-encoding']).toBeUndefined();
    const gzip = await get(counter, script, { 'accept-encoding': 'gzip, deflate' });
    const br = await get(counter, script, { 'accept-encoding': 'gzip, deflate, br;q=1.0, zstd' });
    expect([gzip.headers['content-encoding'], br.headers['content-encoding']]).toEqual(['gzip', 'br']);
    expect(gunzipSync(gzip.rawPayload)).toEqual(plain.rawPayload);
    expect(brotliDecompressSync(br.rawPayload)).toEqual(plain.rawPayload);
    const neither = await get(counter, script, { 'accept-encoding': 'br;q=0, gzip;q=0.000, zstd' });
    expect(neither.rawPayload).toEqual(plain.rawPayload);

    const etags = [plain, gzip, br].map(({ headers }) => String(headers.etag));
    expect(new Set(etags).size).toBe(3);
    const again = await get(counter, script, { 'if-none-match': etags[0] ?? '' });
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', etags[0]]);
    const head = await counter.app.inject({ method: 'HEAD', url: at(script) });
    expect([head.statusCode, head.body]).toEqual([200, '']);
    expect(Number(head.headers['content-length'])).toBe(plain.rawPayload.length);
  });

  it.each([
    '/assets/page.js',
    '/assets/00000000000000000000000000000000/page.js',
    '/assets/..%2f..%2fpackage.json',
    '/assets/..%2f../x',
    '/assets/00000000000000000000000000000000/..%2findex.html',
    '/assets/OWN/nothing.js',
    '/assets/OWN/constructor',
    '/assets/OWN/page.js.br',
    '/assets/OWN/.made-of',
    '/index.html',
    '/.made-of',
  ])('that is not there is a 404 that nobody keeps: %s', async (path) => {
    const counter = await openCounter();
    const answer = await get(counter, path.replace('OWN', readBuild()?.version ?? ''));
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ type: '/problems/not-found' });
    expect(answer.headers['cache-control']).toBe('no-store');
  });
});

describe('the assets of another process’s version', () => {
  const files: Files = new Map([
    ['page-1.js', Buffer.from('export const page = "1";')],
    ['page-1.js.gz', Buffer.from([0x1f, 0x8b, 0, 255])],
    ['font-1.woff2', Buffer.from([0, 10, 13, 255])],
  ]);
  const piece = pack(files);
  const version = versionOf(piece);
  const reference = { style: '', script: '', font: '' };
  const none = { html: Buffer.of(), paths: [], reference, assets: new Map(), others: new Map() };
  const put = async ({ store, app }: Counter, as = version) => {
    const stop = await keepOnShelf(store, { ...none, version: as, piece }, () => Date.now(), app.log);
    stop();
  };

  it('come from the shelf as they were put there, with the same headers', async () => {
    const counter = await openCounter();
    expect((await get(counter, `/assets/${version}/page-1.js`)).statusCode).toBe(404);
    await put(counter);
    const script = await get(counter, `/assets/${version}/page-1.js`);
    expect(script.body).toBe('export const page = "1";');
    expect(script.headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      vary: 'Origin, Accept-Encoding',
    });
    const gzip = await get(counter, `/assets/${version}/page-1.js`, { 'accept-encoding': 'gzip' });
    expect(gzip.rawPayload).toEqual(files.get('page-1.js.gz'));
    const font = await get(counter, `/assets/${version}/font-1.woff2`);
    expect(font.headers['content-type']).toBe('font/woff2');
    expect(font.rawPayload).toEqual(files.get('font-1.woff2'));
    expect((await get(counter, `/assets/${version}/page-2.js`)).statusCode).toBe(404);
  });

  it('are not served when somebody has changed them in the database', async () => {
    const counter = await openCounter();
    await put(counter, '0'.repeat(32));
    expect((await get(counter, `/assets/${'0'.repeat(32)}/page-1.js`)).statusCode).toBe(404);
    for (const content of ['', 'nonsense', Buffer.from('[["page-1.js",9]]\nalert(1);').toString('base64')]) {
      await counter.store.putAssets(version, content, Date.now());
      expect((await get(counter, `/assets/${version}/page-1.js`)).statusCode).toBe(404);
    }
    // The next start of that version puts them right.
    await put(counter);
    expect((await get(counter, `/assets/${version}/page-1.js`)).statusCode).toBe(200);
  });

  it('stay for 30 days after a process with them was seen last', async () => {
    const counter = await openCounter();
    await put(counter);
    const swept = async (later: number) => {
      counter.later(later);
      await counter.store.sweep(Date.now(), 200);
      return counter.store.findAssets(version);
    };
    expect(await swept(29 * day)).toBeDefined();
    await put(counter);
    expect(await swept(29 * day)).toBeDefined();
    expect(await swept(day)).toBeUndefined();
  });

  it('go when newer versions take their place, however often somebody builds', async () => {
    const { store } = await openCounter();
    const now = Date.now();
    for (let n = 0; n <= storeCaps.maxAssetVersions; n += 1)
      await store.putAssets(`version-${n}`, '', now + n);
    await store.putAssets('version-1', 'again', now + 100);
    await store.putAssets('newest', '', now + 101);
    const kept = await Promise.all([0, 1, 2, 3].map((n) => store.findAssets(`version-${n}`)));
    expect(kept).toEqual([undefined, 'again', undefined, '']);
  });

  it('that cannot be put stop nothing, and are tried again', async () => {
    const counter = await openCounter();
    const store = { ...counter.store, putAssets: () => Promise.reject(new Error('no room')) };
    const stop = await keepOnShelf(store, { ...none, version, piece }, () => Date.now(), counter.app.log);
    stop();
    expect(counter.log.at(-1)).toMatchObject({ level: 40, err: { message: 'no room' } });
  });
});

it('takes what an older version built, without a list of its pages, for none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'coatcheck-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  expect(readBuild(folder)).toBeUndefined();
});
