import type { Config } from '../config.ts';

/**
 * @returns the host for which passkeys are made (WebAuthn section 4, relying party identifier): that of `PUBLIC_URL`, else
 * `localhost`, since an IP address can be none.
 */
export const relyingPartyIdOf = ({ publicUrl }: Pick<Config, 'publicUrl'>): string =>
  publicUrl?.hostname ?? 'localhost';
