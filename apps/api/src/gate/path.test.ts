import { describe, expect, it } from 'vitest';
import { mayLeadInto } from './path.ts';

describe('a path beside /auth', () => {
  it.each([
    '/%61uth',
    '/%61%75%74%68/login',
    '/%2561uth',
    '/%252561uth',
    '//auth',
    '///auth/login',
    '/auth;x',
    '/auth;x/login',
    '/;x/auth',
    '/auth%3bx',
    '/auth%2flogin',
    '/auth%252Flogin',
    '/auth\\login',
    '/\\auth',
    '/auth%5clogin',
    '/./auth',
    '/%2e/auth',
    '/x/../auth',
    '/x/%2e%2e/auth',
    '/x/.%2E/auth',
    '/x/..%2fauth',
    '/x/..;/auth',
    '/x;y/../auth/login',
    '/x/../../auth',
    '/a%2fb/../auth',
    '/a/../b/../auth',
    '/..%5cauth',
    '/auth%00',
    '/auth%00.png',
    '/auth%20',
    '/auth%0a/login',
    '/a%09uth',
    '/auth#x',
    '/auth%23x',
    '/auth%3fx',
    '/auth\u007f',
    '/%25252525252561',
  ])('may lead into it: %s', (path) => {
    expect(mayLeadInto('/auth', path)).toBe(true);
  });

  it.each([
    '/',
    '/authors',
    '/authors%2f',
    '/AUTH',
    '/x/auth',
    '/x//auth',
    '/x%2fauth',
    '/docs/../authors',
    '/notes;auth',
    '/.well-known/auth',
    '/50%',
    '/%zz/%',
    '/%E4%BD%A0',
    '/a.b/..c',
    '/wiki/C%23',
    '/search%3Fauth',
  ])('leads past it: %s', (path) => {
    expect(mayLeadInto('/auth', path)).toBe(false);
  });

  it('is compared with every segment of a longer path', () => {
    expect(mayLeadInto('/a/auth', '/a//auth')).toBe(true);
    expect(mayLeadInto('/a/auth', '/x/../a/auth')).toBe(true);
    expect(mayLeadInto('/a/auth', '/auth;x')).toBe(false);
  });

  it('of 16 KiB takes no time to judge', () => {
    const begun = performance.now();
    for (const part of ['%25', '/..', ';', '/.', '%2f..', '\\'])
      mayLeadInto('/auth', `/${part.repeat(5_000)}`);
    expect(performance.now() - begun).toBeLessThan(200);
  });
});
