import type { PasskeyCreationOptions, PasskeyRequestOptions } from '@coatcheck/api-types';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPasskey, hasPasskeys, showPasskey, urlForPasskeys } from './webauthn.ts';

const creation: PasskeyCreationOptions = {
  rp: { id: 'localhost', name: 'Coatcheck' },
  user: { id: '_-8', name: 'ada', displayName: 'ada' },
  challenge: '_-8A',
  pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
  timeout: 300_000,
  excludeCredentials: [{ id: 'AQID', type: 'public-key', transports: ['usb'] }],
  authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification: 'required' },
  attestation: 'none',
};
const request: PasskeyRequestOptions = {
  challenge: '_-8A',
  rpId: 'localhost',
  allowCredentials: [{ id: 'AQID', type: 'public-key' }],
  userVerification: 'required',
  timeout: 300_000,
};

const bytes = (...values: number[]) => new Uint8Array(values);
const buffer = (...values: number[]) => bytes(...values).buffer;
const credential = (response: object) => ({
  id: '_w',
  rawId: buffer(255),
  type: 'public-key',
  getClientExtensionResults: () => ({}),
  response: { clientDataJSON: buffer(251, 255), ...response },
});

/** A browser whose dialog ends in this way. */
function browserWith(dialog: (options: unknown) => Promise<unknown>) {
  vi.stubGlobal('PublicKeyCredential', class {});
  vi.stubGlobal('navigator', { credentials: { create: dialog, get: dialog } });
}
const refusing = (name: string) => async () => {
  throw new DOMException('', name);
};

afterEach(() => vi.unstubAllGlobals());

describe('a passkey that the browser makes', () => {
  it('takes bytes where the options have base64url, and gives base64url back', async () => {
    const asked: unknown[] = [];
    browserWith(async (options) => {
      asked.push(options);
      return credential({ attestationObject: buffer(1), getTransports: () => ['internal'] });
    });
    expect(await createPasskey(creation)).toEqual({
      id: '_w',
      rawId: '_w',
      type: 'public-key',
      authenticatorAttachment: null,
      clientExtensionResults: {},
      response: { clientDataJSON: '-_8', attestationObject: 'AQ', transports: ['internal'] },
    });
    expect(asked).toEqual([
      {
        publicKey: {
          ...creation,
          challenge: bytes(255, 239, 0),
          user: { ...creation.user, id: bytes(255, 239) },
          excludeCredentials: [{ id: bytes(1, 2, 3), type: 'public-key', transports: ['usb'] }],
        },
      },
    ]);
  });

  it('comes from password managers that know no transports, too', async () => {
    browserWith(async () => credential({ attestationObject: buffer(1) }));
    expect(await createPasskey(creation)).toMatchObject({ response: { transports: [] } });
  });

  it.each([
    ['NotAllowedError', 'cancelled'],
    ['AbortError', 'cancelled'],
    ['InvalidStateError', 'already-here'],
    ['ConstraintError', 'unsupported'],
    ['NotSupportedError', 'unsupported'],
    ['SecurityError', 'wrong-host'],
    ['UnknownError', 'failed'],
  ])('that ends with %s is %s', async (name, trouble) => {
    browserWith(refusing(name));
    expect(await createPasskey(creation)).toBe(trouble);
    expect(await showPasskey(request)).toBe(trouble);
  });

  it('is not supported where the browser has none', async () => {
    expect(hasPasskeys()).toBe(false);
    expect(await createPasskey(creation)).toBe('unsupported');
  });
});

describe('a passkey that the browser shows', () => {
  it('gives base64url, and no user handle where there is none', async () => {
    browserWith(async () =>
      credential({ authenticatorData: buffer(1), signature: buffer(2), userHandle: null }),
    );
    expect(await showPasskey(request)).toMatchObject({
      rawId: '_w',
      response: { clientDataJSON: '-_8', authenticatorData: 'AQ', signature: 'Ag', userHandle: null },
    });
  });

  it('may be offered in an input', async () => {
    const asked: unknown[] = [];
    browserWith(async (options) => {
      asked.push(options);
      return null;
    });
    const { signal } = new AbortController();
    expect(await showPasskey(request, { mediation: 'conditional', signal })).toBe('failed');
    expect(asked).toMatchObject([{ mediation: 'conditional', signal }]);
  });
});

describe('the address of passkeys', () => {
  it.each([
    ['http://127.0.0.1:3000/account/ways', 'http://localhost:3000/account/ways'],
    ['http://[::1]:3000/auth/account/ways', 'http://localhost:3000/auth/account/ways'],
    ['http://localhost:3000/account/ways', undefined],
    ['https://id.example.com/account/ways', undefined],
  ])('%s: %s', (page, url) => {
    expect(urlForPasskeys(page)).toBe(url);
  });
});
