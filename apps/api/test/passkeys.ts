import type { PasskeyAuthenticationResponse } from '@coatcheck/api-types';
import type { LightMyRequestResponse } from 'fastify';
import { expect } from 'vitest';
import { type Bent, makePasskey, showPasskey, type TestPasskey } from './authenticator.ts';
import type { Visitor } from './counter.ts';
import type { TestDatabase } from './database.ts';

// What a visitor with an authenticator does.

const json = { 'content-type': 'application/json' };

/** @returns the origin of the server's own pages, which it names to the pages of others. */
export async function originOf(visitor: Visitor): Promise<string> {
  const refusal = await visitor.post('/logout', undefined, { origin: 'https://elsewhere.example' });
  return new URL(refusal.json().home).origin;
}

/** Adds a passkey to the account of a member who has proven to be its owner. */
export async function addPasskey(
  visitor: Visitor,
  bent: Bent = {},
  name = 'Phone',
): Promise<{ passkey: TestPasskey; id: string; answer: LightMyRequestResponse }> {
  const options = await visitor.post('/me/passkeys/options');
  expect(options.statusCode, options.body).toBe(200);
  const { passkey, response } = makePasskey(options.json(), await originOf(visitor), bent);
  const answer = await visitor.post('/me/passkeys', { name, response });
  return { passkey, id: answer.json().id, answer };
}

/** Logs in with a passkey. @param more members of the body besides the response */
export async function logInWithPasskey(
  visitor: Visitor,
  passkey: TestPasskey,
  bent: Bent = {},
  more: object = {},
): Promise<LightMyRequestResponse> {
  const options = await visitor.post('/login/passkey/options');
  return visitor.post('/login/passkey', { response: showPasskey(options.json(), passkey, bent), ...more });
}

/** Shows a passkey as fresh proof. */
export async function proveByPasskey(visitor: Visitor, passkey: TestPasskey, bent: Bent = {}) {
  const options = await visitor.post('/me/proof/options');
  return sendProof(visitor, { response: showPasskey(options.json(), passkey, bent) });
}

export const sendProof = (
  visitor: Visitor,
  proof: { password?: string; response?: PasskeyAuthenticationResponse },
) => visitor.post('/me/proof', proof);

/** Decides whether the password alone is enough. */
export const setPasswordAlone = (visitor: Visitor, passwordAlone: boolean) =>
  visitor.send('PATCH', '/me/login-methods', JSON.stringify({ passwordAlone }), json);

/** Registers an account and adds a passkey to it. */
export async function registerWithPasskey(visitor: Visitor, username = 'ada'): Promise<TestPasskey> {
  await visitor.register(username);
  const { passkey, answer } = await addPasskey(visitor);
  expect(answer.statusCode, answer.body).toBe(201);
  return passkey;
}

/** Gives an account recovery codes, which a password that is not to be enough alone needs beside a passkey. */
export const giveRecoveryCodes = (database: TestDatabase, username = 'ada') =>
  database.query(
    `INSERT INTO recovery_codes (account_id, code_hash)
     SELECT id, '$argon2id$some code' FROM accounts WHERE username = '${username}'`,
  );
