import { expect, it } from 'vitest';
import { openCounter } from '../../test/counter.ts';

it.each([
  ['page.css', 'text/css'],
  ['docs.js', 'text/javascript'],
  ['swagger-ui.css', 'text/css'],
  ['swagger-ui-bundle.js', 'text/javascript'],
])('the reference page gets %s, and is told later that it has it', async (name, type) => {
  const visitor = (await openCounter()).visitor();
  const first = await visitor.get(`/docs/${name}`);
  expect(first.statusCode).toBe(200);
  expect(first.headers['content-type']).toBe(`${type}; charset=utf-8`);
  expect(first.headers['cache-control']).toBe('no-cache');
  expect(Number(first.headers['content-length'])).toBe(first.rawPayload.length);

  const head = await visitor.send('HEAD', `/docs/${name}`);
  expect([head.statusCode, head.headers['content-length'], head.body]).toEqual([
    200,
    first.headers['content-length'],
    '',
  ]);

  const again = await visitor.get(`/docs/${name}`, { 'if-none-match': String(first.headers.etag) });
  expect([again.statusCode, again.body]).toEqual([304, '']);
});
