import type { LoadRequest } from './load.ts';
import { password } from './product.ts';
import { usernameOf } from './seed.ts';

/** @returns a login of each account of a seed, from an address of its own, which a trusted proxy would pass on. */
export const logins = (accounts: number): LoadRequest[] =>
  Array.from({ length: accounts }, (_, account) => ({
    method: 'POST',
    path: '/login',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': addressOf(account) },
    body: JSON.stringify({ username: usernameOf(account), password }),
  }));

const addressOf = (account: number): string => `10.${account >> 16}.${(account >> 8) & 255}.${account & 255}`;
