import { expect } from 'vitest';
import { homeOf } from '../src/config.ts';
import { linkMs, newLink } from '../src/ways/links.ts';
import type { Counter } from './counter.ts';

/** Makes a link as the operator does: a reset for an account, or an invitation. @returns its token */
export async function makeLink(counter: Counter, username?: string, goodForMs?: number): Promise<string> {
  const { config, store } = counter;
  const account = username === undefined ? undefined : await store.findAccount(username);
  const make = <AccountId extends string | null>(kind: 'reset' | 'invitation', accountId: AccountId) =>
    newLink(homeOf(config), {
      kind,
      accountId,
      now: counter.now(),
      goodForMs: goodForMs ?? linkMs[kind],
    });
  if (!account) {
    const { url, link } = make('invitation', null);
    expect(await store.makeInvitation(link, counter.now())).toBe('made');
    return tokenOf(url);
  }
  const { url, link } = make('reset', account.id);
  expect(await store.makeResetLink(link, counter.now())).toBe('made');
  return tokenOf(url);
}

/** @returns the token of a link. */
export const tokenOf = (url: string): string => new URL(url).hash.slice(1);
