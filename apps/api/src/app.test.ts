import * as packaged from '@coatcheck/api-types/schemas';
import { problemSchemas, refusals } from '@coatcheck/api-types/schemas';
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

describe('an origin', () => {
  const settings = { PUBLIC_URL: 'https://id.example.com', ALLOWED_ORIGINS: 'https://app.example.com' };

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
        detail: expect.stringContaining('https://id.example.com'),
      });
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    }
  });

  it('on the list is answered with credentials, any other without a word of CORS', async () => {
    const counter = await openCounter(settings);
    const listed = await counter.visitor({ origin: 'https://app.example.com' }).get('/me');
    expect(listed.headers).toMatchObject({
      'access-control-allow-origin': 'https://app.example.com',
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': 'Retry-After, Location, Content-Disposition',
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

  it('is every name of this machine while no address is set', async () => {
    const counter = await openCounter({ PORT: '4321' });
    for (const host of ['localhost', '127.0.0.1', '[::1]']) {
      expect((await counter.visitor({ origin: `http://${host}:4321` }).post('/logout')).statusCode).toBe(204);
      expect((await counter.visitor({ origin: `http://${host}:4322` }).post('/logout')).statusCode).toBe(403);
    }
  });
});

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
        'cross-origin-resource-policy': 'same-origin',
        'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
        'strict-transport-security': expect.stringMatching(/max-age=\d{8}/),
      });
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['content-security-policy']).not.toContain('unsafe');
      expect(headers).not.toHaveProperty('server');
      expect(headers).not.toHaveProperty('x-powered-by');
    },
  );

  it('speaks of no transport security over http', async () => {
    const counter = await openCounter();
    expect((await counter.visitor().get('/me')).headers).not.toHaveProperty('strict-transport-security');
  });
});

describe('what is not there', () => {
  it.each([
    ['DELETE', '/session', 'GET, HEAD'],
    ['PUT', '/me', 'GET, HEAD'],
    ['TRACE', '/me', 'GET, HEAD'],
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

describe('the document', () => {
  type Operation = {
    operationId: string;
    summary: string;
    responses: Record<string, { content?: Record<string, { schema: object }> }>;
  };

  async function openapi() {
    const counter = await openCounter();
    const document = (await counter.visitor().get('/openapi.json')).json();
    const operations = Object.entries<Record<string, Operation>>(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const,
      ),
    );
    return { counter, document, operations };
  }

  it('is OpenAPI 3.1 and lists every call of the contract with exactly its refusals', async () => {
    const { document, operations } = await openapi();
    expect(document.openapi).toMatch(/^3\.1\./);
    for (const [call, slugs] of Object.entries(refusals)) {
      const operation = operations.find(([name]) => name === call)?.[1];
      const listed = JSON.stringify(operation?.responses).matchAll(/"#\/components\/schemas\/(\w+)"/g);
      const names = [...listed]
        .map(([, name]) => name)
        .filter((name) => name !== 'User' && name !== 'Conversation' && name !== 'Health');
      const expected = slugs.map(pascal);
      expect(names.toSorted(), call).toEqual(expected.toSorted());
    }
  });

  it('tells what each call is for and what it answers', async () => {
    const { operations } = await openapi();
    expect(operations.length).toBeGreaterThan(Object.keys(refusals).length);
    for (const [call, { operationId, summary, responses }] of operations) {
      expect(operationId, call).toBeTruthy();
      expect(summary, call).toBeTruthy();
      expect(
        Object.keys(responses).some((status) => status.startsWith('2')),
        call,
      ).toBe(true);
    }
  });

  it('has the package’s schemas under their names, and nothing else', async () => {
    const { document } = await openapi();
    const described: Record<string, object> = document.components.schemas;
    expect(Object.keys(described).toSorted()).toEqual(
      [...schemas.keys()].filter((name) => /^[A-Z]/.test(name) && !laterCalls.includes(name)).toSorted(),
    );
    for (const name of Object.keys(described)) {
      expect(whole(described[name], described), name).toEqual(asWritten(schemas.get(name)));
    }
  });

  const schemas = new Map<string, unknown>(Object.entries(packaged));

  /** Problems of calls that are not there yet. */
  const laterCalls = ['MethodNotAllowed', 'NotFound', 'WrongPassword'];

  /** A schema of the document with its references followed. */
  const whole = (schema: unknown, named: Record<string, object>): unknown =>
    JSON.parse(JSON.stringify(schema), (_key, value) =>
      value?.$ref ? whole(named[value.$ref.replace('#/components/schemas/', '')], named) : value,
    );

  /** A schema of the package as the document writes it: `const` as `enum`, with this server's least length. */
  const asWritten = (schema: unknown) =>
    JSON.parse(JSON.stringify(schema), (key, value) => {
      if (value?.const !== undefined) {
        const { const: only, ...rest } = value;
        return { ...rest, enum: [only] };
      }
      return key === 'password' && schema === packaged.Registration ? { ...value, minLength: 15 } : value;
    });

  const pascal = (slug: string) =>
    slug.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
});

describe('a problem’s page', () => {
  it.each(Object.keys(problemSchemas))('%s says what happened and what to do', async (slug) => {
    const counter = await openCounter();
    const answer = await counter.visitor().get(`/problems/${slug}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.body).toContain('What to do');
    expect(answer.body).not.toMatch(/<script|style=/);
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
