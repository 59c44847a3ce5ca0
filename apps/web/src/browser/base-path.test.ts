import { expect, it } from 'vitest';
import { pageAt } from './base-path.ts';

it.each([
  ['/auth', '/'],
  ['/auth/', '/'],
  ['/auth/account/sessions', '/account/sessions'],
  ['/auth/login', '/login'],
  ['/authors', undefined],
  ['/auth/notes', undefined],
  ['/login', undefined],
  ['/', undefined],
])('below /auth, %s is the page %s', (path, page) => {
  expect(pageAt(path, '/auth')).toBe(page);
});

it.each([
  ['/', '/'],
  ['/account', '/account'],
  ['/notes', undefined],
])('at the root, %s is the page %s', (path, page) => {
  expect(pageAt(path, '')).toBe(page);
});
