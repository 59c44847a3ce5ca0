import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { at } from '../../test/base-path.ts';
import { openCounter, password } from '../../test/counter.ts';
import { maxErrors } from './problems.ts';

const json = { 'content-type': 'application/json' };

describe('a body', () => {
  const credentials = JSON.stringify({ username: 'ada', password });

  it.each([
    'application/json',
    'Application/JSON',
    'application/json;charset=utf-8',
    'application/json ; charset="UTF-8"',
    'application/json;\t CHARSET=utf-8\t ;',
    'application/json;',
    'application/json ;',
    `application/json${' '.repeat(200)}; charset=utf-8`,
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
    'application/json; charset="utf-8',
    'application/json; charset = utf-8',
    'application/json; charset=utf-8; charset=utf-8',
    'application/json;;',
    'application/json; x=y',
    'application/json\xa0',
    'application/json charset=utf-8',
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

  it.each([
    ['PATCH', '/me', undefined, {}],
    ['PATCH', '/me', '', { 'content-type': 'application/json' }],
    ['PATCH', '/session', undefined, {}],
    ['PATCH', '/session', '', { 'content-type': 'no/type at all' }],
    ['PATCH', '/session', '', { 'transfer-encoding': 'chunked' }],
    ['POST', '/login', '', { 'content-type': 'no/type at all' }],
    ['DELETE', '/me', undefined, {}],
  ])('is missed at %s %s when it is %j with %j', async (method, path, body, headers) => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const answer = await ada.send(method, path, body, headers);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toContainEqual(expect.objectContaining({ rule: 'required' }));
  });

  it.each([
    ['many', Object.fromEntries(Array.from({ length: 900 }, (_, at) => [`${at}`, 1])), maxErrors],
    ['a long one', { ['€'.repeat(2_000)]: 1 }, 1],
  ])('of unknown fields, %s, is answered shortly', async (_what, unknown, count) => {
    const counter = await openCounter();
    const answer = await counter.visitor().post('/login', { username: 'ada', password, ...unknown });
    expect(answer.json().errors).toHaveLength(count);
    expect(answer.body.length).toBeLessThan(8 * 1024);
  });

  it.each([
    ['POST', '/logout', 204],
    ['DELETE', '/me/sessions', 204],
    ['DELETE', '/me/sessions/any', 404],
    ['GET', '/me', 200],
  ])('is not looked at by %s %s', async (method, path, status) => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    for (const body of ['no JSON', '{"a":', 'x'.repeat(8193), 'x'.repeat(100_000)]) {
      const answer = await ada.send(method, path, body, { 'content-type': 'no/type at all' });
      expect(answer.statusCode).toBe(status);
      expect(answer.headers.connection === 'close').toBe(body.length > 8192);
    }
  });

  it('that many things are wrong with is answered with few of them', async () => {
    const counter = await openCounter();
    const body = `{"${'\u00fc'.repeat(1000)}":[${Array(500).fill('"\\u0000"').join()}]}`;
    const answer = await counter.visitor().send('POST', '/login', body, json);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toHaveLength(20);
  });

  it('whose sender breaks off is no fault of the server', async () => {
    const counter = await openCounter();
    const statuses: number[] = [];
    counter.app.addHook('onSend', async (_request, reply) => void statuses.push(reply.statusCode));
    await counter.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = counter.app.server.address() as AddressInfo;
    for (const path of ['/logout', '/login', '/nowhere']) {
      const socket = connect(port, '127.0.0.1');
      const type = 'Content-Type: application/json';
      socket.write(`POST ${at(path)} HTTP/1.1\r\nHost: x\r\n${type}\r\nContent-Length: 100\r\n\r\n{`);
      await once(counter.app.server, 'request');
      socket.resetAndDestroy();
    }
    // Nobody is left to be answered where the connection is known to be gone already.
    await vi.waitFor(() => expect(statuses.length).toBeGreaterThan(0));
    expect(new Set(statuses)).toEqual(new Set([400]));
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
