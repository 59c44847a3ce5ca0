import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import { ownOrigins } from '../http/origins.ts';

/** The server as authenticators and browsers know it (WebAuthn section 4, relying party). */
export interface RelyingParty {
  /** The host for which passkeys are made. */
  id: string;
  /** @returns the origins of the pages that may ask for passkeys. */
  origins(): string[];
}

/**
 * @returns the host for which passkeys are made (WebAuthn section 4, relying party identifier): that of `PUBLIC_URL`, else
 * `localhost`, since an IP address can be none.
 */
export const relyingPartyIdOf = ({ publicUrl }: Pick<Config, 'publicUrl'>): string =>
  publicUrl?.hostname ?? 'localhost';

/** @returns this server as a relying party. Without `PUBLIC_URL`, its origins have the port that it has opened. */
export const relyingPartyOf = (app: FastifyInstance, config: Config): RelyingParty => ({
  id: relyingPartyIdOf(config),
  origins: () => [...ownOrigins(app, config), ...config.allowedOrigins],
});
