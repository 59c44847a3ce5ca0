import type { AddressInfo } from 'node:net';
import { describe, expect, inject, it, vi } from 'vitest';
import { at } from '../../test/base-path.ts';
import { hour, openCounter } from '../../test/counter.ts';
import { readConfig } from '../config.ts';
import { StoreUnavailable } from '../store/errors.ts';

const page = { accept: 'text/html', 'sec-fetch-dest': 'document' };
/** Settings under which the tests' own requests come from a trusted proxy. */
const proxied = { TRUSTED_PROXIES: '127.0.0.1' };

async function open(settings: Record<string, string> = {}) {
  const counter = await openCounter(settings);
  const ada = counter.visitor();
  const { id } = (await ada.register('ada')).json();
  return { counter, ada, id, stranger: counter.visitor() };
}

describe('GET /verify', () => {
  it('says who sent a request, in the body and in headers, and nothing about email or cookies', async () => {
    const { ada, id } = await open();
    await ada.send('PATCH', '/me', '{"displayName":"Ada Lovelace","email":"ada@example.com"}', {
      'content-type': 'application/json',
    });
    const answer = await ada.get('/verify');
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ id, username: 'ada', displayName: 'Ada Lovelace' });
    expect(answer.headers).toMatchObject({ 'remote-user': 'ada', 'remote-user-id': id });
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(JSON.stringify(answer.headers)).not.toContain('example.com');
  });

  it('names the person in the header that an app wants', async () => {
    const { ada, id } = await open({ IDENTITY_HEADER: 'X-Remote-User' });
    const { headers } = await ada.get('/verify');
    expect(headers).toMatchObject({ 'x-remote-user': 'ada', 'remote-user-id': id });
    expect(headers['remote-user']).toBeUndefined();
    const { responses } = (await ada.get('/openapi.json')).json().paths['/verify'].get;
    expect(Object.keys(responses['200'].headers)).toEqual(['X-Remote-User', 'Remote-User-Id']);
    expect(Object.keys(responses['303'].headers)).toEqual(['Location']);
    expect(responses['200'].content['application/json'].schema).toEqual({
      $ref: '#/components/schemas/Identity',
    });
  });

  it('has no header of its own in which IDENTITY_HEADER could put the username, too', async () => {
    const { counter, ada, stranger } = await open({ PUBLIC_URL: 'https://example.com' });
    await counter.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = counter.app.server.address() as AddressInfo;
    const names = new Set<string>();
    for (const [{ ticket }, status] of [
      [ada, 200],
      [stranger, 401],
      [stranger, 303],
    ] as const) {
      const path = status === 303 ? '/verify?login=redirect' : '/verify';
      const cookie = ticket ? { cookie: `__Host-coatcheck=${ticket}` } : {};
      const headers = { ...cookie, ...(status === 303 && page) };
      const answer = await fetch(`http://127.0.0.1:${port}${at(path)}`, { headers, redirect: 'manual' });
      expect(answer.status).toBe(status);
      for (const name of answer.headers.keys()) names.add(name);
    }
    expect([...names]).toEqual(expect.arrayContaining(['cache-control', 'connection', 'link', 'location']));
    names.delete('remote-user');
    for (const name of names) {
      expect(() => readConfig({ IDENTITY_HEADER: name }), name).toThrow(/^IDENTITY_HEADER /);
    }
  });

  it('answers HEAD as GET, and no other method', async () => {
    const { ada } = await open();
    const head = await ada.send('HEAD', '/verify');
    expect(head.statusCode).toBe(200);
    expect(head.headers['remote-user']).toBe('ada');
    expect(head.body).toBe('');
    const post = await ada.post('/verify');
    expect(post.statusCode).toBe(405);
    expect(post.headers.allow).toBe('GET, HEAD');
  });

  it.each([
    'no cookie',
    'a guest',
    'a session that was logged out',
    'a cookie that is no ticket',
    'a ticket twice',
  ])('refuses %s, without a header for the app', async (what) => {
    const { ada, stranger } = await open();
    const ticket = ada.ticket;
    let cookie = '';
    if (what === 'a guest') {
      await stranger.send('PATCH', '/session', '{"likes":"cats"}', { 'content-type': 'application/json' });
      cookie = `coatcheck=${stranger.ticket}`;
    } else if (what === 'a session that was logged out') {
      await ada.post('/logout');
      cookie = `coatcheck=${ticket}`;
    } else if (what === 'a cookie that is no ticket') cookie = `coatcheck=${ticket}x`;
    else if (what === 'a ticket twice') cookie = `coatcheck=${ticket}; coatcheck=${ticket}`;
    stranger.ticket = undefined;
    const answer = await stranger.get('/verify', { cookie, ...page });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['remote-user']).toBeUndefined();
    expect(answer.headers['remote-user-id']).toBeUndefined();
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.json()).toMatchObject({
      type: '/problems/not-logged-in',
      reason: {
        'no cookie': 'no-cookie',
        'a guest': 'guest',
        'a session that was logged out': 'logged-out',
        'a cookie that is no ticket': 'unknown',
        'a ticket twice': 'unknown',
      }[what],
      ...(what === 'a ticket twice' && { detail: expect.stringContaining('came more than once') }),
    });
  });

  it('is use of the session, and moves its address nowhere', async () => {
    const { counter, ada } = await open();
    const ask = (path: string, remoteAddress: string) =>
      counter.app.inject({ url: at(path), headers: { cookie: `coatcheck=${ada.ticket}` }, remoteAddress });
    const addresses = () => counter.database.query('SELECT address FROM sessions');
    await ask('/me', '192.0.2.1');
    for (let hours = 0; hours < 3; hours += 1) {
      counter.later(hour);
      expect((await ask('/verify', '203.0.113.7')).statusCode).toBe(200);
    }
    expect(await addresses()).toEqual([{ address: '127.0.0.1' }]);
    counter.later(hour);
    await ask('/me', '192.0.2.1');
    expect(await addresses()).toEqual([{ address: '192.0.2.1' }]);
    const { idleExpiresAt } = (await ask('/me/sessions', '192.0.2.1')).json().sessions[0];
    expect(Date.parse(idleExpiresAt)).toBe(Date.now() + 2 * hour);
  });

  it('answers 503 while the database does not answer', async () => {
    const { counter, ada } = await open();
    vi.spyOn(counter.store, 'recallSession').mockReturnValue(undefined);
    vi.spyOn(counter.store, 'findSession').mockRejectedValue(new StoreUnavailable('gone'));
    const answer = await ada.get('/verify?login=redirect', page);
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['remote-user']).toBeUndefined();
    counter.expectFaults();
  });
});

describe('GET /verify?login=redirect', () => {
  // A path is set as a part of an address, and is absolute then.
  const loginPage = inject('basePath') ? at('http://localhost/login') : '/login';
  const uri = { 'x-forwarded-uri': '/notes?page=2&x=%2F' };

  it('lets a member pass', async () => {
    const { ada } = await open();
    expect((await ada.get('/verify?login=redirect', page)).statusCode).toBe(200);
  });

  it.each([
    ['a navigation', page],
    ['a client that accepts HTML, where nothing else tells', { accept: 'text/html,*/*' }],
    ['a navigation that a proxy asks about', { ...page, 'x-forwarded-method': 'HEAD' }],
  ])('sends %s to the login page', async (_what, headers) => {
    const { stranger } = await open();
    const answer = await stranger.get('/verify?login=redirect', headers);
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe(loginPage);
  });

  it.each([
    ['a fetch', { accept: '*/*' }],
    ['a fetch for HTML', { accept: 'text/html', 'sec-fetch-dest': 'empty' }],
    ['a frame', { accept: 'text/html', 'sec-fetch-dest': 'iframe' }],
    ['a form that is sent', { ...page, 'x-forwarded-method': 'POST' }],
  ])('refuses %s', async (_what, headers) => {
    const { stranger } = await open(proxied);
    expect((await stranger.get('/verify?login=redirect', headers)).statusCode).toBe(401);
  });

  it.each(['/verify?login=yes', '/verify?login=redirect&login=redirect', '/verify?x=1'])(
    '%s asks for nothing',
    async (path) => {
      const { ada, stranger } = await open();
      expect((await stranger.get(path, page)).statusCode).toBe(401);
      expect((await ada.get(path, page)).statusCode).toBe(200);
    },
  );

  it('takes the path along that a trusted proxy names, and believes nobody else', async () => {
    const { stranger } = await open(proxied);
    const trusted = await stranger.get('/verify?login=redirect', { ...page, ...uri });
    expect(trusted.headers.location).toBe(`${loginPage}?next=%2Fnotes%3Fpage%3D2%26x%3D%252F`);
    const other = await open();
    const untrusted = await other.stranger.get('/verify?login=redirect', {
      ...page,
      ...uri,
      'x-forwarded-host': 'elsewhere.example',
      'x-forwarded-method': 'POST',
    });
    expect(untrusted.statusCode).toBe(303);
    expect(untrusted.headers.location).toBe(loginPage);
  });

  it.each(['//elsewhere.example/', '/\\elsewhere.example', 'https://elsewhere.example/', ''])(
    'takes no path along that names a host: %s',
    async (path) => {
      const { stranger } = await open(proxied);
      const answer = await stranger.get('/verify?login=redirect', { ...page, 'x-forwarded-uri': path });
      expect(answer.headers.location).toBe(loginPage);
    },
  );

  it('names the URL that people type where that is set', async () => {
    const { stranger } = await open({ ...proxied, PUBLIC_URL: 'https://example.com' });
    const answer = await stranger.get('/verify?login=redirect', {
      ...page,
      ...uri,
      'x-forwarded-host': 'example.com',
    });
    expect(answer.headers.location).toContain(`${at('https://example.com/login')}?next=%2Fnotes`);
  });

  it.each([
    'app.example.com',
    'example.com.elsewhere.example',
    'not a host',
    'example.com, elsewhere.example',
  ])('says that the cookie cannot get to %s', async (host) => {
    const { stranger } = await open({ ...proxied, PUBLIC_URL: 'https://example.com' });
    const answer = await stranger.get('/verify?login=redirect', { ...page, 'x-forwarded-host': host });
    expect(answer.statusCode).toBe(401);
    expect(answer.json().detail).toContain('cookie cannot get there');
  });

  it.each(['example.com:8443', 'EXAMPLE.com', 'elsewhere.example, example.com'])(
    'knows %s as its own host',
    async (host) => {
      const { stranger } = await open({ ...proxied, PUBLIC_URL: 'https://example.com' });
      const answer = await stranger.get('/verify?login=redirect', { ...page, 'x-forwarded-host': host });
      expect(answer.statusCode).toBe(303);
    },
  );
});
