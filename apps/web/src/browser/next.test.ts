import { describe, expect, it } from 'vitest';
import { leadingTo, nextPath } from './next.ts';

const here = 'https://coats.example';

describe('where to go on to', () => {
  it.each(['/account', '/account?tab=2#now', '/conversation'])('is a path of this origin: %s', (next) => {
    expect(nextPath(`?${new URLSearchParams({ next })}`, here)).toBe(next);
  });

  it.each([
    'https://elsewhere.example/',
    '//elsewhere.example/',
    '/\\elsewhere.example/',
    '\\\\elsewhere.example/',
    '/\t/elsewhere.example/',
    '/.//elsewhere.example/',
    '/x/..//elsewhere.example/',
    ' //elsewhere.example/',
    'javascript:alert(1)',
    'data:text/html,hello',
    'https:elsewhere.example',
    'account',
    '//',
    '',
    // These paths would lead round in circles.
    '/login',
    '/login?next=/login',
    '/register',
  ])('is nothing else: %j', (next) => {
    expect(nextPath(`?${new URLSearchParams({ next })}`, here)).toBeUndefined();
  });

  it('is nothing when nothing was asked for', () => {
    expect(nextPath('', here)).toBeUndefined();
    expect(leadingTo('/login', undefined)).toBe('/login');
  });

  it('goes along from page to page', () => {
    const address = new URL(leadingTo('/register', '/account?tab=2'), here);
    expect(nextPath(address.search, here)).toBe('/account?tab=2');
  });
});
