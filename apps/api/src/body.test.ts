import { describe, expect, it } from 'vitest';
import { openCounter, password } from '../test/counter.ts';

const json = { 'content-type': 'application/json' };

describe('a body', () => {
  const credentials = JSON.stringify({ username: 'ada', password });

  it.each([
    'application/json',
    'Application/JSON',
    'application/json;charset=utf-8',
    'application/json ; charset="UTF-8"',
  ])('of type %s is read', async (type) => {
    const counter = await openCounter();
    const answer = await counter.visitor().send('POST', '/login', credentials, { 'content-type': type });
    expect(answer.statusCode).toBe(401);
  });

  it.each([
    'text/plain',
    'text/json',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/merge-patch+json',
    'application/jsonp',
    'application/json; charset=latin1',
    'text/plain; application/json',
    'text/plain, application/json',
    'application/json/x',
    'nonsense',
    '',
  ])('of type %j is refused', async (type) => {
    const counter = await openCounter();
    const answer = await counter.visitor().send('POST', '/login', credentials, { 'content-type': type });
    expect(answer.statusCode).toBe(415);
    expect(answer.json().type).toBe('/problems/unsupported-media-type');
  });

  it('without a type is refused', async () => {
    const counter = await openCounter();
    expect((await counter.visitor().send('POST', '/login', Buffer.from(credentials))).statusCode).toBe(415);
  });

  it('that is empty is no body, whatever its type', async () => {
    const counter = await openCounter();
    const answer = await counter.visitor().send('POST', '/login', '', { 'content-type': 'text/plain' });
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toMatchObject([{ rule: 'required' }, { rule: 'required' }]);
  });

  it('is 8 KiB at most', async () => {
    const counter = await openCounter();
    const fill = (bytes: number) => credentials.padEnd(bytes, ' ');
    expect((await counter.visitor().send('POST', '/login', fill(8192), json)).statusCode).toBe(401);
    const answer = await counter.visitor().send('POST', '/login', fill(8193), json);
    expect(answer.statusCode).toBe(413);
    expect(answer.json().type).toBe('/problems/too-large');
  });

  it.each([
    ['[]', '#', 'wrong-type'],
    ['null', '#', 'wrong-type'],
    ['"text"', '#', 'wrong-type'],
    ['{"username":', '#', 'malformed'],
    ['{"username":"ada","username":"bea"}', '#', 'malformed'],
    ['{"a":{"b":1,"\\u0062":2}}', '#', 'malformed'],
    [`{"a":${'['.repeat(20)}${']'.repeat(20)}}`, '#', 'malformed'],
    ['{"username":"ada\\u0000"}', '#/username', 'bad-characters'],
    ['{"username":"ada\\ud800"}', '#/username', 'bad-characters'],
    [Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), '#', 'malformed'],
    [
      `{"username":"ada","password":"${password}","__proto__":{"admin":true}}`,
      '#/__proto__',
      'unknown-field',
    ],
    [
      `{"username":"ada","password":"${password}","constructor":{"prototype":{}}}`,
      '#/constructor',
      'unknown-field',
    ],
  ])('%s is refused at %s as %s', async (body, pointer, rule) => {
    const counter = await openCounter();
    const answer = await counter.visitor().send('POST', '/login', body, json);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toMatchObject([{ pointer, rule }]);
  });
});
