import { client } from '../session/current.ts';
import { settle } from '../session/failure.ts';

/**
 * Asks the server for the options of a login with a passkey. The call takes no cookie along: a challenge belongs to no
 * session, and a page that only waits must not put off the end of one.
 */
export const askForOptions = (signal: AbortSignal) =>
  settle(client.POST('/login/passkey/options', { credentials: 'omit', signal }));

/** Whether the browser can offer passkeys in a field. */
export async function canOfferInField(): Promise<boolean> {
  return (await PublicKeyCredential.isConditionalMediationAvailable?.().catch(() => false)) ?? false;
}
