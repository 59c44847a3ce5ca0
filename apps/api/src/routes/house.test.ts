import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openCounter } from '../../test/counter.ts';

const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4"/></svg>';
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** A server with a logo. */
async function openHouse(content: string | Buffer) {
  const folder = mkdtempSync(join(tmpdir(), 'coatcheck-house-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'logo');
  writeFileSync(file, content);
  return { counter: await openCounter({ HOUSE_LOGO: file }), file };
}

describe('GET /house/logo', () => {
  it.each([
    ['image/svg+xml', svg],
    ['image/png', png],
  ])('sends %s to pages of any origin, and lets it do nothing by itself', async (type, content) => {
    const { counter } = await openHouse(content);
    const visitor = counter.visitor();
    expect((await visitor.get('/session')).json().house.logo).toBe('/house/logo');
    const answer = await visitor.get('/house/logo', { 'sec-fetch-site': 'cross-site' });
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload).toEqual(Buffer.from(content));
    expect(answer.headers).toMatchObject({
      'content-type': type,
      'content-length': String(content.length),
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'no-cache',
    });
    expect(answer.headers).not.toHaveProperty('set-cookie');
    expect(String(answer.headers['content-security-policy']).split('; ')).toEqual([
      "default-src 'none'",
      "style-src 'unsafe-inline'",
      "frame-ancestors 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      'sandbox',
    ]);
  });

  it('sends it once, and later says that it is the same', async () => {
    const { counter } = await openHouse(svg);
    const visitor = counter.visitor();
    const etag = String((await visitor.get('/house/logo')).headers.etag);
    expect(etag).toMatch(/^"[0-9a-f]{32}"$/);
    // A proxy that compresses makes the tag a weak one.
    for (const known of [etag, `"other", W/${etag}`]) {
      const again = await visitor.get('/house/logo', { 'if-none-match': known });
      expect(again.statusCode).toBe(304);
      expect(again.body).toBe('');
      expect(again.headers).toMatchObject({ etag, 'cache-control': 'no-cache' });
    }
    expect((await visitor.get('/house/logo', { 'if-none-match': '"other"' })).statusCode).toBe(200);
  });

  it('answers HEAD with the same headers, and 405 to what changes things', async () => {
    const { counter } = await openHouse(png);
    const visitor = counter.visitor();
    const head = await visitor.send('HEAD', '/house/logo');
    expect(head.statusCode).toBe(200);
    expect(head.body).toBe('');
    expect(head.headers).toMatchObject({ 'content-type': 'image/png', 'content-length': String(png.length) });
    const put = await visitor.send('PUT', '/house/logo');
    expect(put.statusCode).toBe(405);
    expect(put.headers.allow).toBe('GET, HEAD');
  });

  it('goes on with what it has read when the file changes or goes', async () => {
    const { counter, file } = await openHouse(svg);
    writeFileSync(file, '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    expect((await counter.visitor().get('/house/logo')).body).toBe(svg);
  });

  it('is a problem where none is set, whoever asks', async () => {
    const counter = await openCounter();
    for (const accept of ['image/avif,image/*', 'text/html', '*/*']) {
      const answer = await counter.visitor().get('/house/logo', { accept });
      expect(answer.statusCode).toBe(404);
      expect(answer.headers['content-type']).toBe('application/problem+json');
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.json()).toMatchObject({
        type: '/problems/not-found',
        detail: 'This server has no logo. Its operator can set HOUSE_LOGO.',
      });
    }
  });

  it('stands in the OpenAPI document with its types and its refusal', async () => {
    const counter = await openCounter();
    const { responses } = (await counter.visitor().get('/openapi.json')).json().paths['/house/logo'].get;
    expect(Object.keys(responses)).toEqual(['200', '304', '404']);
    expect(Object.keys(responses['200'].content)).toEqual(['image/svg+xml', 'image/png']);
    expect(responses['404'].content['application/problem+json'].schema).toEqual({
      $ref: '#/components/schemas/NotFound',
    });
  });
});
