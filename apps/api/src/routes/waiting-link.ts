import type { LinkVoidReason } from '@coatcheck/api-types';
import type { FastifyRequest } from 'fastify';
import { type ProblemError, problem } from '../http/problems.ts';
import { logEvent } from '../http/security-log.ts';
import type { SessionParts } from '../session/authentication.ts';
import type { NamedLink } from '../store/links.ts';
import { isToken, tokenHash, voidReason } from '../ways/links.ts';
import type { Quotas } from './quotas.ts';

/** Finds the link that a request shows the token of. */
export interface LinkLookUp {
  /**
   * @returns the link, which waits for its use.
   * @throws {ProblemError} 401 `link-void`, which counts for the network; 429 before anything is looked up, when the
   * network has tried too many in vain.
   */
  requireWaiting(request: FastifyRequest, token: string): Promise<NamedLink>;
  /** @throws {ProblemError} 401 `link-void`, as above, when a link ended since it was looked up. @param hash of its token */
  requireStillWaiting(request: FastifyRequest, hash: string): Promise<NamedLink>;
  /** Counts a link that ended while it was being used. @returns the refusal: 401 `link-void` with the reason. */
  refuse(request: FastifyRequest, hash: string): Promise<ProblemError>;
}

/** @returns a {@link LinkLookUp} in this store. */
export function createLinkLookUp({
  store,
  config,
  now,
  quotas,
}: Pick<SessionParts, 'store' | 'config' | 'now'> & { quotas: Quotas }): LinkLookUp {
  function reasonOf(link: NamedLink | undefined): LinkVoidReason | undefined {
    const reason = voidReason(link, now());
    // The start of a closed server takes invitations back. A server beside it may make one all the same.
    const isClosed = link?.kind === 'invitation' && config.registration.policy === 'closed';
    return reason ?? (isClosed ? 'superseded' : undefined);
  }

  async function refusal(request: FastifyRequest, link: NamedLink | undefined, reason: LinkVoidReason) {
    await quotas.countVoidLink(request);
    logEvent(request, 'authn_login_fail', { accountId: link?.accountId ?? null, reason: `link-${reason}` });
    return problem('link-void', whyVoid[reason], { reason });
  }

  async function requireStillWaiting(request: FastifyRequest, hash: string | undefined) {
    const link = hash === undefined ? undefined : await store.findLink(hash);
    const reason = reasonOf(link);
    if (!link || reason) throw await refusal(request, link, reason ?? 'unknown');
    return link;
  }

  return {
    async requireWaiting(request, token) {
      await quotas.requireLinkTry(request);
      return requireStillWaiting(request, isToken(token) ? tokenHash(token) : undefined);
    },
    requireStillWaiting,

    async refuse(request, hash) {
      const link = await store.findLink(hash);
      // A link that waits again after all was of an account that is gone.
      return refusal(request, link, reasonOf(link) ?? 'unknown');
    },
  };
}

/** By reason: sentences for a person, the cause and the remedy. */
const whyVoid: Record<LinkVoidReason, string> = {
  unknown:
    'No such link is known here. Check that all of it was copied; if it was, ask for a new one where it came from.',
  used: 'This link was used already, and each is good once. Ask for a new one where it came from.',
  expired: 'The time of this link is over. Ask for a new one where it came from.',
  superseded:
    'This link was taken back, or a newer one replaced it. Open the newer one, or ask for one where this came from.',
};
