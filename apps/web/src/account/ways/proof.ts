import { client, visitor } from '../../session/current.ts';
import type { Failure } from '../../session/failure.ts';
import { type PasskeyTrouble, showPasskey } from '../../webauthn/webauthn.ts';

/**
 * Proves with a passkey that the owner of the account is at the keyboard.
 * @param words the sentences about passkeys that were not shown
 * @returns the failure, or a sentence that says what went wrong; undefined: proven
 */
export async function proveByPasskey(
  signal: AbortSignal,
  words: Readonly<Record<PasskeyTrouble | 'refused', string>>,
): Promise<Failure | string | undefined> {
  const options = await visitor.settle(client.POST('/me/proof/options', { signal }));
  if (!options.ok) return options.problem;
  const response = await showPasskey(options.data, { signal });
  if (typeof response === 'string') return words[response];
  const proven = await visitor.settle(client.POST('/me/proof', { body: { response }, signal }));
  if (proven.ok) return undefined;
  return proven.problem.type === '/problems/wrong-password' ? words.refused : proven.problem;
}
