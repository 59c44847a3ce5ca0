import type {
  PasskeyAuthenticationResponse,
  PasskeyCreationOptions,
  PasskeyRegistrationResponse,
} from '@coatcheck/api-types';
import { describe, expect, it } from 'vitest';
import { makePasskey, showPasskey } from '../../test/authenticator.ts';
import { ProblemError } from '../http/problems.ts';
import type { StoredPasskey } from '../store/records.ts';
import { readAuthentication, readRegistration } from './webauthn.ts';

const relyingParty = { id: 'localhost', origins: () => ['http://localhost'] };
const rounds = 2_000;

/** Cuts bytes off, or changes some of them. */
function damaged(text: string): string {
  const bytes = Buffer.from(text, 'base64url');
  const anywhere = () => Math.floor(Math.random() * bytes.length);
  if (Math.random() < 0.2) return bytes.subarray(0, anywhere()).toString('base64url');
  for (let changes = 1 + Math.floor(Math.random() * 3); changes > 0; changes -= 1) {
    bytes[anywhere()] = Math.floor(Math.random() * 256);
  }
  return bytes.toString('base64url');
}

/** @returns the result, or the refusal where the response is malformed. Everything else is thrown. */
async function outcomeOf<Result>(verify: () => Promise<Result>): Promise<Result | 'malformed'> {
  try {
    return await verify();
  } catch (error) {
    if (error instanceof ProblemError && error.problem.status === 400) return 'malformed';
    throw error;
  }
}

describe('A damaged response', () => {
  const options = {
    challenge: 'AAAA',
    rp: { id: 'localhost' },
    user: { id: 'BBBB' },
  } as PasskeyCreationOptions;
  const extensions = Buffer.from([0xa2, 0x61, 0x61, 0x81, 0x01, 0x61, 0x62, 0xa1, 0x01, 0xf5]);
  const withExtensions = (flags: number) => ({
    flags: flags + 128,
    authData: (data: Buffer) => Buffer.concat([data, extensions]),
  });

  it('that makes a passkey is refused or malformed, or its damage means nothing', async () => {
    const { response } = makePasskey(options, 'http://localhost', withExtensions(1 + 4 + 64));
    const read = (sent: PasskeyRegistrationResponse) => readRegistration(sent).verify(relyingParty);
    expect(await read(response)).toMatchObject({ credentialId: response.id });
    for (let round = 0; round < rounds; round += 1) {
      const field = round % 4 === 0 ? 'clientDataJSON' : 'attestationObject';
      const inner = { ...response.response, [field]: damaged(response.response[field]) };
      const outcome = await outcomeOf(() => read({ ...response, response: inner }));
      // Nothing is signed when a passkey is made, so that a changed key or count may pass.
      if (outcome !== 'malformed' && outcome !== undefined) expect(outcome.credentialId).toBe(response.id);
    }
  });

  it('that shows a passkey is refused or malformed', async () => {
    const made = makePasskey(options, 'http://localhost');
    const credential = await readRegistration(made.response).verify(relyingParty);
    const passkey = { ...credential, signCount: 0 } as StoredPasskey;
    const response = showPasskey({ challenge: 'AAAA' } as never, made.passkey, withExtensions(1 + 4));
    const read = (sent: PasskeyAuthenticationResponse) =>
      readAuthentication(sent).verify(passkey, relyingParty);
    expect(await read(response)).toEqual({ credentialId: response.id, signCount: 0 });
    for (let round = 0; round < rounds; round += 1) {
      const field = (['clientDataJSON', 'authenticatorData', 'signature'] as const)[round % 3] ?? 'signature';
      const bent = damaged(response.response[field]);
      if (bent === response.response[field]) continue;
      const inner = { ...response.response, [field]: bent };
      const outcome = await outcomeOf(() => read({ ...response, response: inner }));
      expect(['malformed', undefined]).toContain(outcome);
    }
  });
});
