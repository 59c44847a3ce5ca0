import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { headersFromApp } from './from-app.ts';
import { headersToApp } from './to-app.ts';

const account = {
  id: 'the-id',
  username: 'ada',
  passwordHash: '',
  displayName: null,
  email: null,
  createdAt: 0,
};
const ours = [
  ...['Host', 'example.com'],
  ...['X-Forwarded-For', '192.0.2.7', 'X-Forwarded-Host', 'example.com', 'X-Forwarded-Proto', 'https'],
];

/** What an app gets of a request, but for the headers that every request gets. */
function passedOn(
  rawHeaders: string[],
  { identityHeader = 'Remote-User', method = 'GET', ...more } = {},
): string[] {
  const headers: Record<string, string> = {};
  for (let at = 0; at < rawHeaders.length; at += 2) {
    headers[rawHeaders[at]?.toLowerCase() ?? ''] = rawHeaders[at + 1] ?? '';
  }
  const raw = { rawHeaders, headers, method } as unknown as IncomingMessage;
  const request = {
    raw,
    address: '192.0.2.7',
    isHandshake: false,
    host: 'example.com',
    scheme: 'https' as const,
  };
  const given = headersToApp({ identityHeader }, 'coatcheck')({ ...request, account: undefined, ...more });
  const at = given.indexOf('Host');
  expect(given.slice(at, at + ours.length)).toEqual(ours);
  return given.toSpliced(at, ours.length);
}

describe('a request that goes on to an app', () => {
  it('keeps its headers, as they were written', () => {
    const sent = ['X-Thing', '1', 'x-thing', '2', 'ACCEPT', '*/*', 'If-None-Match', '"a"', 'X-Empty', ''];
    expect(passedOn(sent)).toEqual(sent);
  });

  it.each([
    'Remote-User',
    'remote_user',
    'REMOTE-USER',
    'Remote.User',
    'Remote-User-Id',
    'Remote-Anything',
    'X-Remote-User',
    'X_Remote_User',
    'X-Remote_User',
    'X.Remote.Groups',
    'X-Auth-Request-Email',
    'X-Auth_Request-User',
    'X-Forwarded-User',
    'X-Forwarded-Email',
    'X-Forwarded_Groups',
    'x-forwarded-preferred-username',
    'X-Forwarded-For',
    'X_Forwarded_For',
    'X-Forwarded-Host',
    'X-Forwarded-Proto',
    'X-Forwarded-Prefix',
    'Forwarded',
    'X-Real-IP',
    'Shibboleth-User',
    'shibboleth_user',
    'SHIBBOLETH.USER',
    'Connection',
    'Keep-Alive',
    'Proxy-Authorization',
    'Proxy-Connection',
    'TE',
    'Trailer',
    'Upgrade',
  ])('loses %s', (name) => {
    expect(passedOn([name, 'eve', 'Accept', '*/*'], { identityHeader: 'Shibboleth-User' })).toEqual([
      'Accept',
      '*/*',
    ]);
  });

  it('loses what its Connection header names, but nothing that says where it ends or whose it is', () => {
    const sent = [
      'Connection',
      'close, X-Hop,Content-Length , host, remote-user',
      'X-Hop',
      '1',
      'Content-Length',
      '5',
    ];
    expect(passedOn(sent, { account } as object)).toEqual([
      ...['Content-Length', '5'],
      ...['Remote-User', 'ada', 'Remote-User-Id', 'the-id'],
    ]);
  });

  it('names the person once, in the header that is set', () => {
    expect(passedOn(['X-User', 'eve'], { identityHeader: 'X-User', account } as object)).toEqual([
      ...['X-User', 'ada', 'Remote-User-Id', 'the-id'],
    ]);
  });

  it.each([
    ['coatcheck=a', undefined],
    ['coatcheck=a; other=b', 'other=b'],
    ['other=b; coatcheck=a', 'other=b'],
    ['a=1;coatcheck=x;  b=2; coatcheck=y', 'a=1;  b=2'],
    [' coatcheck = a', undefined],
    ['coatcheck', undefined],
    ['coatchecks=a; Coatcheck=b; x=coatcheck', 'coatchecks=a; Coatcheck=b; x=coatcheck'],
  ])('loses the session cookie of %j', (sent, passed) => {
    expect(passedOn(['Cookie', sent])).toEqual(passed === undefined ? [] : ['Cookie', passed]);
  });

  it('says how its body ends', () => {
    expect(passedOn(['Transfer-Encoding', 'chunked'])).toEqual(['Transfer-Encoding', 'chunked']);
    expect(passedOn(['Content-Length', '3'], { method: 'POST' })).toEqual(['Content-Length', '3']);
    expect(passedOn([], { method: 'POST' })).toEqual(['Content-Length', '0']);
    expect(passedOn([], { method: 'DELETE' })).toEqual([]);
  });
});

describe('an answer of an app', () => {
  const open = { cookieName: 'coatcheck', isPrivate: false };
  const closed = { ...open, isPrivate: true };

  it('keeps its headers, as they were written', () => {
    const sent = [
      'Server',
      'x',
      'Set-Cookie',
      'a=1',
      'set-cookie',
      'b=2',
      'Cache-Control',
      'public',
      'X-Y',
      '',
    ];
    expect(headersFromApp(sent, open)).toEqual(sent);
  });

  it('loses what concerns the connection', () => {
    const sent = [
      'Connection',
      'X-Hop, content-length',
      'X-Hop',
      '1',
      'Keep-Alive',
      'timeout=5',
      'Trailer',
      'X-T',
    ];
    expect(headersFromApp([...sent, 'Transfer-Encoding', 'chunked', 'Content-Length', '1'], open)).toEqual([
      ...['Content-Length', '1'],
    ]);
  });

  it.each([
    'coatcheck=x; Path=/',
    'coatcheck=',
    ' coatcheck =x',
    '\tcoatcheck=x',
    'Coatcheck=x',
    '=coatcheck=x',
    ' = coatcheck=x',
    'coatcheck',
  ])('cannot set the session cookie: %j', (value) => {
    expect(headersFromApp(['Set-Cookie', value], open)).toEqual([]);
  });

  it.each(['coatchecks=x', 'my-coatcheck=x', 'x=coatcheck'])('can set other cookies: %s', (value) => {
    expect(headersFromApp(['Set-Cookie', value], open)).toEqual(['Set-Cookie', value]);
  });

  it.each([
    ['public', 'private'],
    ['public, max-age=60', 'private, max-age=60'],
    ['max-age=60,S-MaxAge=90', 'max-age=60, private'],
    ['PUBLIC, s-maxage=1, private', 'private'],
    ['no-cache="set-cookie, public", max-age=0', 'no-cache="set-cookie, public", max-age=0'],
    ['no-store', 'no-store'],
    ['publicity', 'publicity'],
  ])('with Cache-Control %j is kept by no shared cache', (sent, passed) => {
    expect(headersFromApp(['Cache-Control', sent], closed)).toEqual([
      'Cache-Control',
      passed,
      'Vary',
      'Cookie',
    ]);
  });

  it.each([
    [
      ['Vary', 'Accept'],
      ['Vary', 'Accept', 'Vary', 'Cookie'],
    ],
    [
      ['Vary', 'accept, COOKIE'],
      ['Vary', 'accept, COOKIE'],
    ],
    [
      ['Vary', '*'],
      ['Vary', '*'],
    ],
    [
      ['CDN-Cache-Control', 'max-age=60', 'Surrogate-Control', 'x', 'X-Accel-Expires', '60'],
      ['Vary', 'Cookie'],
    ],
  ])('with %j depends on the cookie', (sent, passed) => {
    expect(headersFromApp(sent, closed)).toEqual(passed);
  });
});
