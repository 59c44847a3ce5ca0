import type {
  PasskeyAuthenticationResponse,
  PasskeyCreationOptions,
  PasskeyRegistrationResponse,
  PasskeyRequestOptions,
} from '@coatcheck/api-types';

// The conversions that `parseCreationOptionsFromJSON`, `parseRequestOptionsFromJSON` and `toJSON` do (Web Authentication
// Level 3 sections 5.1.7 to 5.1.9). Chrome before 129 and Safari before 18.4 lack them, and so do the credentials of some
// password managers, which put objects of their own in the place of the browser's.

/** Why there is no passkey, as far as the browser tells. */
export type PasskeyTrouble =
  /** The person closed the dialog, or let its time pass. Browsers do not tell one from the other. */
  | 'cancelled'
  /** The authenticator has a passkey of this account already. */
  | 'already-here'
  /** The browser or the device has no passkeys, or none that ask for a finger, a face or a PIN. */
  | 'unsupported'
  /** The page stands at an address for which the server makes no passkeys. */
  | 'wrong-host'
  /** The browser failed for another reason. */
  | 'failed';

const troubles: Readonly<Record<string, PasskeyTrouble>> = {
  AbortError: 'cancelled',
  NotAllowedError: 'cancelled',
  InvalidStateError: 'already-here',
  ConstraintError: 'unsupported',
  NotSupportedError: 'unsupported',
  SecurityError: 'wrong-host',
};

/** Whether this browser has passkeys at all. A page that came without encryption from another machine has none. */
export const hasPasskeys = (): boolean => typeof PublicKeyCredential === 'function';

/**
 * The URL at which this page can use passkeys, where the page stands at an IP address of this machine: their relying party
 * is `localhost` there, and an address is no domain (section 5.1.2). Undefined: the page may stay.
 * @param page the URL of the page
 */
export function urlForPasskeys(page: string): string | undefined {
  const url = new URL(page);
  if (url.hostname !== '127.0.0.1' && url.hostname !== '[::1]') return undefined;
  url.hostname = 'localhost';
  return url.href;
}

/** Has the browser make a passkey. @param options what `POST /me/passkeys/options` gave */
export async function createPasskey(
  options: PasskeyCreationOptions,
): Promise<PasskeyRegistrationResponse | PasskeyTrouble> {
  const { challenge, user, excludeCredentials } = options;
  const credential = await credentialOf(() =>
    navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: toBytes(challenge),
        user: { ...user, id: toBytes(user.id) },
        excludeCredentials: excludeCredentials.map(toDescriptor),
      },
    }),
  );
  if (typeof credential === 'string') return credential;
  const response = credential.response as AuthenticatorAttestationResponse;
  return {
    ...commonPart(credential),
    response: {
      clientDataJSON: toText(response.clientDataJSON),
      attestationObject: toText(response.attestationObject),
      transports: response.getTransports?.() ?? [],
    },
  };
}

/**
 * Has the browser show a passkey.
 * @param options what `POST /me/proof/options` or `POST /login/passkey/options` gave
 * @param more `mediation: 'conditional'`: the browser offers passkeys in an input; `signal`: ends that
 */
export async function showPasskey(
  options: PasskeyRequestOptions,
  more: Pick<CredentialRequestOptions, 'mediation' | 'signal'> = {},
): Promise<PasskeyAuthenticationResponse | PasskeyTrouble> {
  const { challenge, allowCredentials } = options;
  const credential = await credentialOf(() =>
    navigator.credentials.get({
      ...more,
      publicKey: {
        ...options,
        challenge: toBytes(challenge),
        allowCredentials: allowCredentials.map(toDescriptor),
      },
    }),
  );
  if (typeof credential === 'string') return credential;
  const response = credential.response as AuthenticatorAssertionResponse;
  return {
    ...commonPart(credential),
    response: {
      clientDataJSON: toText(response.clientDataJSON),
      authenticatorData: toText(response.authenticatorData),
      signature: toText(response.signature),
      userHandle: response.userHandle && toText(response.userHandle),
    },
  };
}

async function credentialOf(
  ask: () => Promise<Credential | null>,
): Promise<PublicKeyCredential | PasskeyTrouble> {
  if (!hasPasskeys()) return 'unsupported';
  try {
    return ((await ask()) as PublicKeyCredential | null) ?? 'failed';
  } catch (error) {
    return (error instanceof Error && troubles[error.name]) || 'failed';
  }
}

const commonPart = (credential: PublicKeyCredential) => ({
  id: credential.id,
  rawId: toText(credential.rawId),
  type: 'public-key' as const,
  authenticatorAttachment: credential.authenticatorAttachment ?? null,
  clientExtensionResults: credential.getClientExtensionResults(),
});

function toDescriptor({ id, type, transports }: PasskeyCreationOptions['excludeCredentials'][number]) {
  return { id: toBytes(id), type, transports: (transports ?? []) as AuthenticatorTransport[] };
}

/** The bytes of a text in base64url (RFC 4648 section 5). */
const toBytes = (text: string) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (byte) => byte.charCodeAt(0));

/** Base64url without padding. */
const toText = (bytes: ArrayBuffer) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
