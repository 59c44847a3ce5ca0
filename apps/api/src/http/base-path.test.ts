import { describe, expect, it } from 'vitest';
import { openCounter } from '../../test/counter.ts';

const below = { PUBLIC_URL: 'https://example.com/auth' };

describe('below a path', () => {
  it('everything works as it does without one, and says where it is', async () => {
    const counter = await openCounter(below);
    const ada = counter.visitor();
    const password = 'umbrella left by the door';
    const registered = await ada.post('/auth/register', { username: 'ada', password });
    expect(registered.statusCode).toBe(201);
    expect(registered.headers.location).toBe('/auth/me');
    // The whole host: an app beside it has to receive the cookie.
    expect(registered.headers['set-cookie']).toMatch(/^__Host-coatcheck=.{43}; Path=\/;/);
    expect((await ada.get('/auth/me?x=1')).statusCode).toBe(200);
    expect((await ada.get('/auth/verify')).headers['remote-user']).toBe('ada');
    expect((await ada.get('https://example.com/auth/me')).statusCode).toBe(200);
    const document = (await ada.get('/auth/openapi.json')).json();
    expect(document.servers).toEqual([{ url: '/auth' }]);
    expect(document.paths['/me']).toBeDefined();
    const foreign = await ada.post('/auth/logout', undefined, { origin: 'https://elsewhere.example' });
    expect(foreign.json()).toMatchObject({ home: 'https://example.com/auth' });
    expect(foreign.headers.link).toBe('</auth/problems/origin-not-allowed>; rel="help"');
    expect(foreign.json().type).toBe('/problems/origin-not-allowed');
    const sent = await counter.visitor().get('/auth/verify?login=redirect', { accept: 'text/html' });
    expect(sent.headers.location).toBe('https://example.com/auth/login');
    expect((await ada.post('/auth/logout')).statusCode).toBe(204);
  });

  it.each([
    '/me',
    '/',
    '/authors',
    '/auth%2fme',
    '/%61uth/me',
    '//auth/me',
    '/x/auth/me',
    '/Auth/me',
    '/auth;x/me',
  ])('%s is not there, and something may strip the path', async (path) => {
    const counter = await openCounter(below);
    for (const accept of ['text/html', 'application/json']) {
      const answer = await counter.visitor().get(path, { accept });
      expect(answer.statusCode).toBe(404);
      expect(answer.json()).toMatchObject({
        type: '/problems/not-found',
        detail: expect.stringContaining('strips'),
      });
    }
  });

  it('the path itself is the start page, and password managers find the password', async () => {
    const counter = await openCounter(below);
    const visitor = counter.visitor();
    const there = await visitor.get('/auth/', { accept: 'text/html' });
    expect((await visitor.get('/auth', { accept: 'text/html' })).body).toBe(there.body);
    for (const path of ['/.well-known/change-password', '/auth/.well-known/change-password']) {
      const { statusCode, headers } = await visitor.get(path);
      expect([statusCode, headers.location]).toEqual([303, '/auth/account/password']);
    }
    expect((await visitor.get('/.well-known/other')).statusCode).toBe(404);
  });
});

it('a problem leads to its page', async () => {
  const counter = await openCounter();
  const { headers } = await counter.visitor().get('/me');
  expect(headers.link).toBe('</problems/not-logged-in>; rel="help"');
});

it('below a path the advice of a refusal leads below it, too', async () => {
  const visitor = (await openCounter({ PUBLIC_URL: 'https://example.com/auth' })).visitor();
  expect((await visitor.get('/auth/me')).json().detail).toContain(' POST /auth/login starts ');
  expect((await visitor.get('/auth/nothing')).json().detail).toContain(' GET /auth/openapi.json lists ');
  expect((await visitor.get('/auth/problems/not-logged-in')).body).toContain('<code>POST /auth/login</code>');
});
