import { hash, randomBytes } from 'node:crypto';
import { deviceLinkSeconds, type LinkKind, type LinkVoidReason } from '@coatcheck/api-types';
import { newPublicId } from '../session/ticket.ts';
import type { NewLink } from '../store/links.ts';
import type { StoredLink } from '../store/records.ts';

const minuteMs = 60_000;
/** Milliseconds for which a link is good, by its purpose. */
export const linkMs: Record<LinkKind, number> = {
  reset: 60 * minuteMs,
  invitation: 7 * 24 * 60 * minuteMs,
  device: deviceLinkSeconds * 1000,
};

/** @returns the SHA-256 of a token, base64url, which the database keeps. Nobody can guess a token of 256 random bits. */
export const tokenHash = (token: string): string => hash('sha256', token, 'base64url');

/** @returns whether a text has the form of a token. */
export const isToken = (text: string): boolean => /^[\w-]{43}$/.test(text);

/**
 * Makes a one-time link.
 * @param home the URL that everything lies below. @param accountId null: an invitation
 * @param goodForMs milliseconds.
 * @returns `url`: the link, with its token in the fragment, which no server and no log sees; `link`: what the store keeps.
 */
export function newLink<AccountId extends string | null>(
  home: string,
  {
    kind,
    accountId,
    now,
    goodForMs,
  }: { kind: LinkKind; accountId: AccountId; now: number; goodForMs: number },
): { url: string; link: NewLink & { accountId: AccountId } } {
  const token = randomBytes(32).toString('base64url');
  return {
    url: `${home}/enter#${token}`,
    link: {
      tokenHash: tokenHash(token),
      id: newPublicId(),
      kind,
      accountId,
      createdAt: now,
      overAt: now + goodForMs,
    },
  };
}

/** @returns why a link is good for nothing; undefined: it waits for its use. */
export function voidReason(
  link: Pick<StoredLink, 'ended' | 'overAt'> | undefined,
  now: number,
): LinkVoidReason | undefined {
  if (!link) return 'unknown';
  return link.ended ?? (link.overAt <= now ? 'expired' : undefined);
}
