import { describe, expect, inject, it } from 'vitest';
import { openCounter } from '../../test/counter.ts';

describe('an origin', () => {
  const settings = { PUBLIC_URL: 'https://id.example.com', ALLOWED_ORIGINS: 'https://app.example.com' };
  const home = `https://id.example.com${inject('basePath')}`;

  it.each([
    [{}, 'is no browser’s'],
    [{ origin: 'https://id.example.com' }, 'is our own'],
    [{ origin: 'https://app.example.com', 'sec-fetch-site': 'same-site' }, 'is on the list'],
    [{ 'sec-fetch-site': 'same-origin' }, 'is our own by Sec-Fetch-Site'],
    [{ 'sec-fetch-site': 'none' }, 'is the person at the address bar'],
  ])('%j may call: it %s', async (headers, _why) => {
    const counter = await openCounter(settings);
    expect((await counter.visitor(headers).post('/logout')).statusCode).toBe(204);
  });

  it.each([
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: 'http://id.example.com' },
    { origin: 'https://id.example.com:8443' },
    { origin: 'https://id.example.com.evil.example' },
    { origin: 'https://evilid.example.com' },
    { origin: 'https://sub.app.example.com' },
    { origin: 'https://ID.example.com' },
    { origin: '' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'new-value' },
    { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
  ])('%j may not, before anything else happens', async (headers) => {
    const counter = await openCounter(settings);
    for (const [path, body] of [
      ['/logout'],
      ['/login', 'not json'],
      ['/register', '{}'],
      ['/nowhere', '{}'],
    ]) {
      const answer = await counter.visitor(headers).send('POST', path ?? '', body);
      expect(answer.statusCode).toBe(403);
      expect(answer.json()).toMatchObject({
        type: '/problems/origin-not-allowed',
        detail: expect.stringContaining(home),
        home,
      });
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(answer.headers.vary).toBe('Origin');
    }
  });

  it.each([
    ['https://evil.example:8443', 'https://evil.example:8443'],
    ['null', 'another site'],
    ['no origin', 'another site'],
    [`https://${'a'.repeat(300)}`, 'another site'],
  ])('%s is named as it is, if it can be one: %s', async (origin, name) => {
    const counter = await openCounter(settings);
    const { detail } = (await counter.visitor({ origin }).post('/logout')).json();
    expect(detail).toBe(`Pages of ${name} may not change anything here. Open ${home} instead.`);
  });

  it.each([
    [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }, 403],
    [{ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' }, 200],
    [{ 'sec-fetch-site': 'same-origin', 'sec-fetch-mode': 'navigate' }, 200],
    [{ origin: 'https://app.example.com', 'sec-fetch-site': 'same-site' }, 200],
    [{}, 200],
  ])('%j: the export of all that is stored answers %i', async (headers, status) => {
    const counter = await openCounter(settings);
    const ada = counter.visitor();
    await ada.register('ada');
    for (const method of ['GET', 'HEAD']) {
      expect((await ada.send(method, '/me/export', undefined, headers)).statusCode).toBe(status);
    }
  });

  it('on the list is answered with credentials, any other without a word of CORS', async () => {
    const counter = await openCounter(settings);
    const listed = await counter.visitor({ origin: 'https://app.example.com' }).get('/me');
    expect(listed.headers).toMatchObject({
      'access-control-allow-origin': 'https://app.example.com',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'Retry-After, Location, Content-Disposition, Link',
      vary: 'Origin',
    });
    const other = await counter.visitor({ origin: 'https://evil.example' }).get('/me');
    expect(other.statusCode).toBe(401);
    expect(other.headers.vary).toBe('Origin');
    expect(Object.keys(other.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('may ask beforehand what it may do', async () => {
    const counter = await openCounter(settings);
    const ask = (origin: string) =>
      counter
        .visitor()
        .send('OPTIONS', '/login', undefined, { origin, 'access-control-request-method': 'POST' });
    const listed = await ask('https://app.example.com');
    expect(listed.statusCode).toBe(204);
    expect(listed.headers['access-control-allow-methods']).toBe('GET, HEAD, POST, PUT, PATCH, DELETE');
    expect(listed.headers['access-control-allow-headers']).toBe('content-type');
    expect((await ask('https://evil.example')).headers['access-control-allow-origin']).toBeUndefined();
  });

  // A path is set as a part of an address.
  it.skipIf(inject('basePath'))('is every name of this machine while no address is set', async () => {
    const counter = await openCounter({ PORT: '4321' });
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      expect((await counter.visitor({ origin: `http://${host}:4321` }).post('/logout')).statusCode).toBe(204);
      expect((await counter.visitor({ origin: `http://${host}:4322` }).post('/logout')).statusCode).toBe(403);
    }
  });
});
