import { describe, expect, it } from 'vitest';
import { createClient, UnexpectedResponse } from './client.ts';

/** A client whose `fetch` answers with this and notes what it was asked. */
function clientFor(answer: Response | Error, baseUrl = 'https://id.example.com') {
  const asked: { url: string; init: RequestInit }[] = [];
  const send = async (url: string, init: RequestInit) => {
    asked.push({ url, init });
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { client: createClient({ baseUrl, fetch: send }), asked };
}

const json = (body: unknown, status = 200, type = 'application/json; charset=utf-8') =>
  new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'content-type': type },
  });

describe('the client', () => {
  it('asks with the cookie unless told otherwise, and sends a type only with a body', async () => {
    const { client, asked } = clientFor(json({ status: 'ok' }));
    await client.GET('/healthz');
    await client.GET('/healthz', { credentials: 'omit', headers: { cookie: 'coatcheck=x' } });
    expect(asked).toEqual([
      { url: 'https://id.example.com/healthz', init: { method: 'GET', credentials: 'include', headers: {} } },
      {
        url: 'https://id.example.com/healthz',
        init: { method: 'GET', credentials: 'omit', headers: { cookie: 'coatcheck=x' } },
      },
    ]);
  });

  it('sends a body as JSON, other headers beside it', async () => {
    const { client, asked } = clientFor(json({ username: 'ada' }));
    await client.POST('/login', {
      body: { username: 'ada', password: 'umbrella' },
      headers: { 'x-trace': '1' },
    });
    expect(asked[0]?.init).toMatchObject({
      method: 'POST',
      body: '{"username":"ada","password":"umbrella"}',
      headers: { 'x-trace': '1', 'content-type': 'application/json' },
    });
  });

  it('puts what stands in braces into the path, and what is asked beside it behind', async () => {
    const { client, asked } = clientFor(json({}));
    await client.DELETE('/me/sessions/{id}', { params: { id: 'a/b' } });
    await client.GET('/me/activity', { query: { limit: 10, before: 'a&b' } });
    await client.GET('/me/activity');
    expect(asked.map(({ url }) => url.replace('https://id.example.com', ''))).toEqual([
      '/me/sessions/a%2Fb',
      '/me/activity?limit=10&before=a%26b',
      '/me/activity',
    ]);
  });

  it.each([
    ['https://id.example.com/', 'https://id.example.com/me'],
    ['', '/me'],
  ])('puts the path behind %j', async (baseUrl, url) => {
    const { client, asked } = clientFor(json({}), baseUrl);
    await client.GET('/me');
    expect(asked[0]?.url).toBe(url);
  });

  it('gives the answer, or nothing where there is none', async () => {
    expect(await clientFor(json({ username: 'ada' })).client.GET('/me')).toMatchObject({
      ok: true,
      data: { username: 'ada' },
    });
    const { client } = clientFor(new Response(null, { status: 204 }));
    expect(await client.POST('/logout')).toMatchObject({ ok: true, data: undefined });
  });

  it('gives a problem as a value', async () => {
    const problem = {
      type: '/problems/not-logged-in',
      title: 'Not logged in',
      status: 401,
      detail: '…',
      reason: 'unknown',
    };
    const { client } = clientFor(json(problem, 401, 'application/problem+json'));
    expect(await client.GET('/me')).toMatchObject({ ok: false, problem });
  });

  it.each([
    ['a page', json('<h1>Bad gateway</h1>', 502, 'text/html')],
    ['a page with status 200', json('<h1>Welcome to the hotel</h1>', 200, 'text/html')],
    ['JSON that is no problem', json({ error: 'no' }, 500)],
    [
      'a problem of somebody else',
      json({ type: 'about:blank', status: 500 }, 500, 'application/problem+json'),
    ],
    ['a problem with status 200', json({ type: '/problems/unavailable' }, 200, 'application/problem+json')],
    ['JSON cut off', json('{"username":', 200)],
    ['nothing at all', new Response(null, { status: 200 })],
  ])('rejects %s with UnexpectedResponse, whose body can still be read', async (_what, answer) => {
    const { client } = clientFor(answer);
    const error = await client.GET('/me').catch((rejected: unknown) => rejected);
    expect(error).toBeInstanceOf(UnexpectedResponse);
    expect((error as UnexpectedResponse).response).toBe(answer);
    await expect((error as UnexpectedResponse).response.text()).resolves.toBeDefined();
  });

  it('rejects as fetch does when no answer came', async () => {
    await expect(clientFor(new TypeError('fetch failed')).client.GET('/me')).rejects.toThrow(TypeError);
  });

  it('passes a signal on', async () => {
    const { client, asked } = clientFor(json({}));
    const { signal } = new AbortController();
    await client.GET('/me', { signal });
    expect(asked[0]?.init.signal).toBe(signal);
  });
});
