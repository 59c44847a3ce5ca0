import { maxPasskeyNameLength } from '../credentials.ts';
import { Type } from '../type.ts';
import { adasPasskey } from './examples.ts';
import { remember } from './fields.ts';
import { instant, orNull, schemaOf, shown, strict } from './schema.ts';

// Passkeys are WebAuthn credentials (Web Authentication Level 3). Their options and responses are those of the standard in
// its own JSON form: `PublicKeyCredential.parseCreationOptionsFromJSON`, `parseRequestOptionsFromJSON` and `toJSON` in a
// browser read and write them.

/** A passkey of an account, as its owner sees it. */
export interface Passkey {
  /** The public name of the passkey, which is not the id that its authenticator gave it. */
  id: string;
  /** The name that its owner gave it: 1 to 64 code points. */
  name: string;
  /** When it was added, ISO 8601 in UTC. */
  createdAt: string;
  /** When somebody last logged in or proved themselves with it, ISO 8601 in UTC; null: nobody did. */
  lastUsedAt: string | null;
  /** Whether its authenticator may copy it to other devices of its owner. */
  synced: boolean;
}
export const Passkey = schemaOf<Passkey>()(
  Type.Object(
    {
      id: Type.String({ description: 'Public name of the passkey.' }),
      name: Type.String(),
      createdAt: instant('When it was added.'),
      lastUsedAt: orNull(instant('When it was last used; null: it was not.')),
      synced: Type.Boolean({ description: 'Whether its authenticator may copy it to other devices.' }),
    },
    shown<Passkey>('A passkey of the account.', adasPasskey),
  ),
);

const name = Type.String({
  minLength: 1,
  maxLength: maxPasskeyNameLength,
  pattern: '^(?=.*\\S)[^\\u0000-\\u001f\\u007f-\\u009f]*$',
  description: `1 to ${maxPasskeyNameLength} code points, not blanks alone and without control characters, for its owner to tell it from others.`,
});

/** The body of `PATCH /me/passkeys/{id}`. */
export interface PasskeyName {
  name: string;
}
export const PasskeyName = schemaOf<PasskeyName>()(
  Type.Object({ name }, shown<PasskeyName>('The new name of a passkey.', { name: 'Work laptop' })),
);

/** How an authenticator can be reached, a hint for the browser (WebAuthn section 5.8.4); browsers add values. */
type Transports = string[];
/** A credential that the options name (WebAuthn section 5.8.3). */
interface CredentialDescriptor {
  /** Base64url. */
  id: string;
  type: 'public-key';
  transports?: Transports;
}
const CredentialDescriptor = schemaOf<CredentialDescriptor>()(
  Type.Object(
    {
      id: Type.String(),
      type: Type.Literal('public-key'),
      transports: Type.Optional(Type.Array(Type.String())),
    },
    strict,
  ),
);
const challenge = Type.String({ description: 'Random, for one response within five minutes; base64url.' });
const timeout = Type.Integer({ description: 'Milliseconds until the browser should give up.' });

/** The WebAuthn options with which a browser makes a passkey (WebAuthn section 5.4, as JSON). */
export interface PasskeyCreationOptions {
  rp: { id: string; name: string };
  user: { id: string; name: string; displayName: string };
  challenge: string;
  pubKeyCredParams: { type: 'public-key'; alg: number }[];
  timeout: number;
  excludeCredentials: CredentialDescriptor[];
  authenticatorSelection: { residentKey: 'required'; requireResidentKey: true; userVerification: 'required' };
  attestation: 'none';
}
export const PasskeyCreationOptions = schemaOf<PasskeyCreationOptions>()(
  Type.Object(
    {
      rp: Type.Object({ id: Type.String(), name: Type.String() }, strict),
      user: Type.Object(
        { id: Type.String(), name: Type.String(), displayName: Type.String() },
        { ...strict, description: '`id` is the account’s, base64url.' },
      ),
      challenge,
      pubKeyCredParams: Type.Array(
        Type.Object({ type: Type.Literal('public-key'), alg: Type.Integer() }, strict),
      ),
      timeout,
      excludeCredentials: Type.Array(CredentialDescriptor),
      authenticatorSelection: Type.Object(
        {
          residentKey: Type.Literal('required'),
          requireResidentKey: Type.Literal(true),
          userVerification: Type.Literal('required'),
        },
        strict,
      ),
      attestation: Type.Literal('none'),
    },
    shown<PasskeyCreationOptions>('WebAuthn creation options, for `navigator.credentials.create`.', {
      rp: { id: 'id.example.com', name: 'Harbour Wiki' },
      user: { id: '1F6Z7x2dvW2PugEaBmHnEQ', name: 'ada', displayName: 'ada' },
      challenge: 'mUOmcS1r_LYfZCSHbVRbdqVBYWwm2QyFmkUHb_vWqvU',
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      timeout: 300_000,
      excludeCredentials: [],
      authenticatorSelection: {
        residentKey: 'required',
        requireResidentKey: true,
        userVerification: 'required',
      },
      attestation: 'none',
    }),
  ),
);

/** The WebAuthn options with which a browser shows a passkey (WebAuthn section 5.5, as JSON). */
export interface PasskeyRequestOptions {
  challenge: string;
  rpId: string;
  /** The passkeys to choose from; empty: any that the person has here. */
  allowCredentials: CredentialDescriptor[];
  userVerification: 'required';
  timeout: number;
}
export const PasskeyRequestOptions = schemaOf<PasskeyRequestOptions>()(
  Type.Object(
    {
      challenge,
      rpId: Type.String(),
      allowCredentials: Type.Array(CredentialDescriptor, {
        description: 'The passkeys to choose from; empty: any that the person has here.',
      }),
      userVerification: Type.Literal('required'),
      timeout,
    },
    shown<PasskeyRequestOptions>('WebAuthn request options, for `navigator.credentials.get`.', {
      challenge: 'mUOmcS1r_LYfZCSHbVRbdqVBYWwm2QyFmkUHb_vWqvU',
      rpId: 'id.example.com',
      allowCredentials: [],
      userVerification: 'required',
      timeout: 300_000,
    }),
  ),
);

/** The members of both kinds of responses. Browsers add members that no server needs, so that unknown ones are let through. */
const credential = {
  id: Type.String({ description: 'The credential’s id, base64url.' }),
  rawId: Type.String({ description: 'The same as `id`.' }),
  // Written as browsers' own types have it, so that what toJSON() gives is taken as it is.
  type: Type.Unsafe<string>({ type: 'string', const: 'public-key' }),
  authenticatorAttachment: Type.Optional(orNull(Type.String())),
  clientExtensionResults: Type.Optional(Type.Unsafe<object>({ type: 'object' })),
};
const open = { additionalProperties: true };

/** The answer of an authenticator that made a passkey: `PublicKeyCredential.toJSON()` (WebAuthn section 5.1.1). */
export interface PasskeyRegistrationResponse {
  id: string;
  rawId: string;
  /** `public-key`. */
  type: string;
  authenticatorAttachment?: string | null;
  clientExtensionResults?: object;
  response: { clientDataJSON: string; attestationObject: string; transports?: Transports };
}
export const PasskeyRegistrationResponse = schemaOf<PasskeyRegistrationResponse>()(
  Type.Object(
    {
      ...credential,
      response: Type.Object(
        {
          clientDataJSON: Type.String(),
          attestationObject: Type.String(),
          transports: Type.Optional(Type.Array(Type.String())),
        },
        open,
      ),
    },
    { ...open, description: 'What `navigator.credentials.create` gave, by its `toJSON()`.' },
  ),
);

/** The answer of an authenticator that showed a passkey: `PublicKeyCredential.toJSON()` (WebAuthn section 5.1.1). */
export interface PasskeyAuthenticationResponse {
  id: string;
  rawId: string;
  /** `public-key`. */
  type: string;
  authenticatorAttachment?: string | null;
  clientExtensionResults?: object;
  response: {
    clientDataJSON: string;
    authenticatorData: string;
    signature: string;
    userHandle?: string | null;
  };
}
export const PasskeyAuthenticationResponse = schemaOf<PasskeyAuthenticationResponse>()(
  Type.Object(
    {
      ...credential,
      response: Type.Object(
        {
          clientDataJSON: Type.String(),
          authenticatorData: Type.String(),
          signature: Type.String(),
          userHandle: Type.Optional(orNull(Type.String())),
        },
        open,
      ),
    },
    { ...open, description: 'What `navigator.credentials.get` gave, by its `toJSON()`.' },
  ),
);

/** The body of `POST /me/passkeys`. */
export interface NewPasskey {
  name: string;
  response: PasskeyRegistrationResponse;
}
export const NewPasskey = schemaOf<NewPasskey>()(
  Type.Object(
    { name, response: PasskeyRegistrationResponse },
    { ...strict, description: 'A passkey that the browser has just made, and a name for it.' },
  ),
);

/** The body of `POST /login/passkey`. */
export interface PasskeyLogin {
  response: PasskeyAuthenticationResponse;
  /** Stay logged in after the browser closes. */
  remember?: boolean;
}
export const PasskeyLogin = schemaOf<PasskeyLogin>()(
  Type.Object(
    {
      response: PasskeyAuthenticationResponse,
      remember,
    },
    { ...strict, description: 'A passkey that was shown for the options of `POST /login/passkey/options`.' },
  ),
);
