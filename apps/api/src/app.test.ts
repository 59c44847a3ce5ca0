import { once } from 'node:events';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { at } from '../test/base-path.ts';
import { openCounter } from '../test/counter.ts';

describe('every answer', () => {
  it.each(['/me', '/session', '/nowhere', '/docs', '/openapi.json', '/healthz', '/%', '/me/x.css'])(
    'at %s has the security headers and names no server',
    async (path) => {
      const counter = await openCounter({ PUBLIC_URL: 'https://id.example.com' });
      const { headers } = await counter.visitor().get(path);
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'same-origin',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': path === '/healthz' ? 'cross-origin' : 'same-origin',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
        'strict-transport-security': expect.stringMatching(/max-age=\d{8}/),
      });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers).not.toHaveProperty('server');
      expect(headers).not.toHaveProperty('x-powered-by');
    },
  );

  it.each([
    {},
    { PUBLIC_URL: 'https://localhost:3443' },
    { PUBLIC_URL: 'https://coatcheck.localhost' },
    { PUBLIC_URL: 'https://127.0.0.1:3443' },
    { PUBLIC_URL: 'https://[::1]:3443' },
  ])('speaks of no transport security over http or on this machine: %j', async (settings) => {
    const counter = await openCounter(settings);
    expect((await counter.visitor().get('/me')).headers).not.toHaveProperty('strict-transport-security');
  });
});

it('leads password managers to where the password is changed', async () => {
  const counter = await openCounter();
  const answer = await counter.visitor().get('/.well-known/change-password');
  expect(answer.statusCode).toBe(303);
  expect(answer.headers.location).toBe(at('/account/password'));
});

describe('what is not there', () => {
  it.each([
    ['DELETE', '/session', 'GET, HEAD, PATCH'],
    ['PUT', '/me', 'GET, HEAD, PATCH, DELETE'],
    ['TRACE', '/me', 'GET, HEAD, PATCH, DELETE'],
    ['GET', '/me/sessions/any', 'DELETE'],
    ['GET', '/logout', 'POST'],
    ['PATCH', '/login', 'POST, GET, HEAD'],
    ['POST', '/problems/not-found', 'GET, HEAD'],
  ])('%s %s is refused and told what is: %s', async (method, path, allow) => {
    const counter = await openCounter();
    const answer = await counter.visitor().send(method, path);
    expect(answer.statusCode).toBe(405);
    expect(answer.headers.allow).toBe(allow);
    expect(answer.json().type).toBe('/problems/method-not-allowed');
  });

  it.each([
    ['GET', 'http://x/healthz', 200],
    ['PUT', 'http://x/me', 405],
    ['PUT', 'HTTPS://x/me?a=b', 405],
    ['PUT', 'http://x/nowhere', 404],
  ])('is answered alike where a proxy asks for the whole URL: %s %s', async (method, path, status) => {
    const counter = await openCounter();
    await counter.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = counter.app.server.address() as AddressInfo;
    const asked = request({ host: '127.0.0.1', port, method, path: at(path), agent: false }).end();
    const [answer] = await once(asked, 'response');
    answer.resume();
    expect(answer.statusCode).toBe(status);
  });

  it('is there with a body that it does not look at', async () => {
    const counter = await openCounter();
    for (const [method, path, status] of [
      ['PUT', '/me', 405],
      ['POST', '/nowhere', 404],
      ['QUERY', '/me', 405],
    ] as const) {
      const answer = await counter
        .visitor()
        .send(method, path, 'no JSON', { 'content-type': 'no/type at all' });
      expect(answer.statusCode).toBe(status);
    }
  });

  it('is a problem for who does not ask for a page', async () => {
    const counter = await openCounter();
    for (const path of ['/nowhere', '/me/x.css', '/me/', '/problems/nothing', '/docs/../package.json']) {
      const answer = await counter.visitor().get(path, { accept: '*/*' });
      expect(answer.statusCode).toBe(404);
      expect(answer.headers['content-type']).toBe('application/problem+json');
    }
  });

  it('OPTIONS and HEAD change nothing', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    for (const path of ['/logout', '/login', '/register', '/me']) {
      await ada.send('OPTIONS', path);
      await ada.send('HEAD', path);
    }
    expect((await ada.get('/me')).statusCode).toBe(200);
  });
});

describe('a fault', () => {
  it('is logged and not told', async () => {
    const counter = await openCounter();
    counter.expectFaults();
    counter.store.findAccount = async () => {
      throw new Error('the secret of the cellar');
    };
    const answer = await counter.visitor().logIn('ada');
    expect(answer.statusCode).toBe(500);
    expect(answer.json().type).toBe('/problems/internal-error');
    expect(answer.body).not.toContain('cellar');
    expect(JSON.stringify(counter.log)).toContain('the secret of the cellar');
  });
});
