import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type Bent,
  cborBytes,
  cborText,
  coordinatesOf,
  coseOf,
  makePasskey,
  showPasskey,
} from '../../test/authenticator.ts';
import { minute, openCounter, password } from '../../test/counter.ts';
import {
  addPasskey,
  logInWithPasskey,
  originOf,
  proveByPasskey,
  registerWithPasskey,
  sendProof,
} from '../../test/passkeys.ts';

const elsewhere = 'https://elsewhere.example';

/** What a response to a login or a proof may be bent to, and is refused for. */
const refusedShowings: [string, Bent][] = [
  ['a page of another origin', { clientData: { origin: elsewhere } }],
  [
    'a page of an origin that begins like ours',
    { clientData: { origin: 'http://localhost.elsewhere.example' } },
  ],
  ['another relying party', { rpId: 'elsewhere.example' }],
  ['no user verification', { flags: 1 }],
  ['no user presence', { flags: 4 }],
  ['a frame of another origin', { clientData: { crossOrigin: true } }],
  ['a frame of another origin that names it', { clientData: { crossOrigin: true, topOrigin: elsewhere } }],
  ['a frame that names the page around it alone', { clientData: { topOrigin: elsewhere } }],
  ['a frame in other words', { clientData: { crossOrigin: 'true' } }],
  ['the making of a passkey', { clientData: { type: 'webauthn.create' } }],
  ['a challenge that was never made', { clientData: { challenge: randomBytes(32).toString('base64url') } }],
  ['a challenge of nothing', { clientData: { challenge: '' } }],
  ['a challenge of 4,000 characters', { clientData: { challenge: 'a'.repeat(4_000) } }],
  ['a backup of what cannot be backed up', { flags: 1 + 4 + 16 }],
  ['a signature of something else', { signature: (bytes) => bytes.fill(1, bytes.length - 8) }],
  ['a signature that is none', { signature: () => Buffer.from('no signature') }],
  ['another user', { inner: { userHandle: randomBytes(16).toString('base64url') } }],
  [
    'a flag that was set afterwards',
    { inner: { authenticatorData: Buffer.alloc(37, 5).toString('base64url') } },
  ],
];

/** What is no WebAuthn response. */
const malformedShowings: [string, Bent][] = [
  ['client data that is no base64url', { inner: { clientDataJSON: 'a+b/' } }],
  ['client data with padding', { inner: { clientDataJSON: 'e30=' } }],
  ['client data in another spelling', { inner: { clientDataJSON: 'e31' } }],
  ['client data that is no JSON', { clientDataBytes: Buffer.from('{"type":') }],
  ['client data that is no UTF-8', { clientDataBytes: Buffer.from([0x7b, 0xff, 0x7d]) }],
  ['client data that is null', { clientDataBytes: Buffer.from('null') }],
  ['client data without an origin', { clientData: { origin: undefined } }],
  ['client data with a number for a challenge', { clientData: { challenge: 7 } }],
  ['empty client data', { inner: { clientDataJSON: '' } }],
  ['no client data', { inner: { clientDataJSON: undefined } }],
  ['authenticator data that is cut off', { authData: (data) => data.subarray(0, 36) }],
  ['no bytes of authenticator data', { inner: { authenticatorData: '' } }],
  ['garbage behind the authenticator data', { authData: (data) => Buffer.concat([data, Buffer.alloc(1)]) }],
  ['extensions that are not there', { flags: 1 + 4 + 128 }],
  [
    'extensions that end in the middle',
    { flags: 1 + 4 + 128, authData: (data) => Buffer.concat([data, Buffer.from([0xa1, 0x63])]) },
  ],
  [
    'extensions a thousand levels deep',
    { flags: 1 + 4 + 128, authData: (data) => Buffer.concat([data, Buffer.alloc(1_000, 0xc1)]) },
  ],
  ['a credential that is not there', { flags: 1 + 4 + 64 }],
  ['no signature', { inner: { signature: '' } }],
  ['a user that is no base64url', { inner: { userHandle: 'a b' } }],
  ['a number for a user', { inner: { userHandle: 7 } }],
  ['an id that is no base64url', { response: { id: 'a b', rawId: 'a b' } }],
  ['two ids', { response: { rawId: 'AAAA' } }],
  ['another type', { response: { type: 'password' } }],
  ['no inner response', { response: { response: undefined } }],
];

describe('A login with a passkey', () => {
  it.each(refusedShowings)('refuses %s', async (_what, bent) => {
    const counter = await openCounter();
    const passkey = await registerWithPasskey(counter.visitor());
    const visitor = counter.visitor();
    const answer = await logInWithPasskey(visitor, passkey, bent);
    expect(answer.statusCode, answer.body).toBe(401);
    expect(answer.json().type).toBe('/problems/invalid-credentials');
    expect(visitor.ticket).toBeUndefined();
    expect((await logInWithPasskey(visitor, passkey)).statusCode).toBe(200);
  });

  it.each(malformedShowings)('finds %s malformed', async (_what, bent) => {
    const counter = await openCounter();
    const passkey = await registerWithPasskey(counter.visitor());
    const answer = await logInWithPasskey(counter.visitor(), passkey, bent);
    expect(answer.statusCode, answer.body).toBe(400);
    expect(answer.json().type).toBe('/problems/invalid-request');
  });

  it('refuses a second response to one challenge, also when the first was refused', async () => {
    const counter = await openCounter();
    const passkey = await registerWithPasskey(counter.visitor());
    const visitor = counter.visitor();
    const options = (await visitor.post('/login/passkey/options')).json();
    const send = (bent: Bent) =>
      visitor.post('/login/passkey', { response: showPasskey(options, passkey, bent) });
    expect((await send({ flags: 1 })).statusCode).toBe(401);
    expect((await send({})).statusCode).toBe(401);
  });

  it('lets one of ten in that answer one challenge at once', async () => {
    const counter = await openCounter();
    const passkey = await registerWithPasskey(counter.visitor());
    const options = (await counter.visitor().post('/login/passkey/options')).json();
    const response = showPasskey(options, passkey);
    const all = await Promise.all(
      Array.from({ length: 10 }, () => counter.visitor().post('/login/passkey', { response })),
    );
    expect(all.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, ...Array(9).fill(401)]);
  });

  it('refuses a passkey that is not known, and one that was removed', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const { passkey, id } = await addPasskey(ada);
    const stranger = { ...passkey, credentialId: randomBytes(32) };
    expect((await logInWithPasskey(counter.visitor(), stranger)).statusCode).toBe(401);
    expect((await ada.send('DELETE', `/me/passkeys/${id}`)).statusCode).toBe(204);
    expect((await logInWithPasskey(counter.visitor(), passkey)).statusCode).toBe(401);
  });

  it('refuses a passkey that says it is another account’s, or does not say whose', async () => {
    const counter = await openCounter();
    const passkey = await registerWithPasskey(counter.visitor());
    const other = await registerWithPasskey(counter.visitor(), 'grace');
    const as = (userHandle: string | null | undefined) =>
      logInWithPasskey(counter.visitor(), passkey, { inner: { userHandle } });
    expect((await as(other.userHandle)).statusCode).toBe(401);
    expect((await as(null)).statusCode).toBe(401);
    expect((await as(undefined)).statusCode).toBe(401);
  });

  it('refuses another key under the id of a known passkey', async () => {
    const counter = await openCounter();
    const passkey = await registerWithPasskey(counter.visitor());
    const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect((await logInWithPasskey(counter.visitor(), { ...passkey, keys })).statusCode).toBe(401);
  });

  it('refuses a sign count that does not rise, once it has begun to count', async () => {
    const counter = await openCounter();
    const passkey = await registerWithPasskey(counter.visitor());
    const at = async (signCount: number) =>
      (await logInWithPasskey(counter.visitor(), passkey, { signCount })).statusCode;
    expect(await at(0)).toBe(200);
    expect(await at(7)).toBe(200);
    expect(await at(7)).toBe(401);
    expect(await at(6)).toBe(401);
    expect(await at(0)).toBe(401);
    expect(await at(8)).toBe(200);
  });

  it('refuses the challenge of a proof, and a proof the challenge of a login', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    const passkey = await registerWithPasskey(ada);
    const ofProof = (await ada.post('/me/proof/options')).json();
    const answer = await ada.post('/login/passkey', { response: showPasskey(ofProof, passkey) });
    expect(answer.statusCode).toBe(401);
    const ofLogin = (await ada.post('/login/passkey/options')).json();
    const proof = await sendProof(ada, { response: showPasskey(ofLogin, passkey) });
    expect(proof.statusCode).toBe(403);
    expect(proof.json().type).toBe('/problems/wrong-password');
  });

  it('refuses a passkey that was made for another host', async () => {
    const counter = await openCounter();
    const passkey = await registerWithPasskey(counter.visitor());
    await counter.database.query(`UPDATE passkeys SET relying_party_id = 'old.example'`);
    expect((await logInWithPasskey(counter.visitor(), passkey)).statusCode).toBe(401);
  });

  it('counts refusals for the network and for no name: nobody is locked out by a passkey', async () => {
    const counter = await openCounter();
    const passkey = await registerWithPasskey(counter.visitor());
    const visitor = counter.visitor();
    for (let tries = 0; tries < 100; tries += 1) {
      expect((await logInWithPasskey(visitor, passkey, { flags: 1 })).statusCode).toBe(401);
    }
    const [options, answer] = [
      await visitor.post('/login/passkey/options'),
      await visitor.post('/login/passkey', {
        response: showPasskey({ challenge: 'AAAA' } as never, passkey),
      }),
    ];
    expect(options.statusCode).toBe(429);
    expect(answer.statusCode).toBe(429);
    expect(answer.headers['retry-after']).toBeDefined();
    expect((await counter.visitor().logIn('ada')).statusCode).toBe(429);
    counter.later(15 * minute);
    expect((await counter.visitor().logIn('ada')).statusCode).toBe(200);
    const { events } = (await visitor.get('/me/activity')).json();
    expect(events).toBeUndefined();
    expect(await counter.database.query('SELECT * FROM login_failures')).toEqual([]);
  });

  it('keeps no challenge and no response in the log or in the database', async () => {
    const counter = await openCounter();
    const passkey = await registerWithPasskey(counter.visitor());
    const options = (await counter.visitor().post('/login/passkey/options')).json();
    const response = showPasskey(options, passkey, { flags: 1 });
    await counter.visitor().post('/login/passkey', { response });
    await counter.visitor().post('/login/passkey/options');
    const written = JSON.stringify([counter.log, await counter.database.dump()]);
    for (const secret of [options.challenge, response.response.signature, response.response.clientDataJSON]) {
      expect(written).not.toContain(secret);
    }
    expect(counter.log).toContainEqual(
      expect.objectContaining({ event: 'authn_login_fail', reason: 'passkey-refused', accountId: null }),
    );
  });
});

describe('A proof by a passkey', () => {
  it.each(refusedShowings)('refuses %s', async (_what, bent) => {
    const counter = await openCounter();
    const ada = counter.visitor();
    const passkey = await registerWithPasskey(ada);
    counter.later(5 * minute);
    const answer = await proveByPasskey(ada, passkey, bent);
    expect(answer.statusCode, answer.body).toBe(403);
    expect(answer.json().type).toBe('/problems/wrong-password');
    expect((await ada.post('/me/passkeys/options')).statusCode).toBe(403);
    expect((await proveByPasskey(ada, passkey)).statusCode).toBe(204);
    expect((await ada.post('/me/passkeys/options')).statusCode).toBe(200);
  });

  it('refuses the passkey of another account', async () => {
    const counter = await openCounter();
    const [ada, grace] = [counter.visitor(), counter.visitor()];
    await registerWithPasskey(ada);
    const hers = await registerWithPasskey(grace, 'grace');
    const options = (await ada.post('/me/proof/options')).json();
    for (const userHandle of [hers.userHandle, undefined]) {
      const response = showPasskey(options, hers, { inner: { userHandle } });
      expect((await sendProof(ada, { response })).statusCode).toBe(403);
    }
  });

  it('refuses the challenge of another session of the same account', async () => {
    const counter = await openCounter();
    const [ada, second] = [counter.visitor(), counter.visitor()];
    const passkey = await registerWithPasskey(ada);
    await second.logIn('ada');
    const options = (await second.post('/me/proof/options')).json();
    const response = showPasskey(options, passkey);
    expect((await sendProof(ada, { response })).statusCode).toBe(403);
    expect((await sendProof(second, { response })).statusCode).toBe(204);
  });

  it('proves this session and no other, for five minutes', async () => {
    const counter = await openCounter();
    const [ada, second] = [counter.visitor(), counter.visitor()];
    const passkey = await registerWithPasskey(ada);
    await second.logIn('ada');
    counter.later(5 * minute);
    expect((await proveByPasskey(ada, passkey)).statusCode).toBe(204);
    expect((await ada.post('/me/passkeys/options')).statusCode).toBe(200);
    const elsewhere_ = await second.post('/me/passkeys/options');
    expect(elsewhere_.json()).toMatchObject({
      type: '/problems/proof-required',
      ways: ['password', 'passkey'],
    });
    counter.later(5 * minute);
    expect((await ada.post('/me/passkeys/options')).statusCode).toBe(403);
  });

  it('is one of the two, and not both', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    const passkey = await registerWithPasskey(ada);
    const options = (await ada.post('/me/proof/options')).json();
    const response = showPasskey(options, passkey);
    expect((await sendProof(ada, {})).statusCode).toBe(400);
    expect((await sendProof(ada, { password, response })).statusCode).toBe(400);
    expect((await ada.post('/me/proof')).statusCode).toBe(400);
    expect((await sendProof(ada, { password: 'not the right password' })).statusCode).toBe(403);
    expect((await sendProof(ada, { password })).statusCode).toBe(204);
  });
});

describe('A new passkey', () => {
  const attStmtOf = (...bytes: number[]) => Buffer.from(bytes);
  const withKey = (change: (x: Buffer, y: Buffer) => [Buffer, Buffer]): Bent => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    return { coseKey: coseOf(publicKey, change(...coordinatesOf(publicKey))) };
  };
  const asEd25519 = (key: Buffer) =>
    Buffer.concat([Buffer.from([0xa4, 0x01, 0x01, 0x03, 0x27, 0x20, 0x06, 0x21]), cborBytes(key)]);
  const asRsa = (n: Buffer, e: Buffer) =>
    Buffer.concat([
      ...[Buffer.from([0xa4, 0x01, 0x03, 0x03, 0x39, 0x01, 0x00, 0x20]), cborBytes(n)],
      ...[Buffer.from([0x21]), cborBytes(e)],
    ]);
  const e65537 = Buffer.from([1, 0, 1]);

  it.each<[string, Bent]>([
    ['of a page of another origin', { clientData: { origin: elsewhere } }],
    ['of another relying party', { rpId: 'elsewhere.example' }],
    ['without user verification', { flags: 1 + 64 }],
    ['without user presence', { flags: 4 + 64 }],
    ['without a credential', { flags: 1 + 4 }],
    ['made in a frame of another origin', { clientData: { crossOrigin: true } }],
    ['made in a frame that names the page around it', { clientData: { topOrigin: elsewhere } }],
    ['that was shown, not made', { clientData: { type: 'webauthn.get' } }],
    ['for a challenge that was never made', { clientData: { challenge: 'AAAA' } }],
    ['with an id of 1,024 bytes', { credentialId: randomBytes(1024) }],
    ['with no id', { credentialId: Buffer.alloc(0) }],
    ['with another id outside', { response: { id: 'AAAA', rawId: 'AAAA' } }],
    ['with two ids outside', { response: { rawId: 'AAAA' } }],
    ['with garbage behind it', { attestationObject: (data) => Buffer.concat([data, Buffer.alloc(1)]) }],
    ['that is cut off', { attestationObject: (data) => data.subarray(0, -1) }],
    ['that is no CBOR', { attestationObject: () => Buffer.from('no CBOR at all') }],
    ['of indefinite length', { attestationObject: () => Buffer.from([0xbf, 0xff]) }],
    ['that is a number', { attestationObject: () => Buffer.from([0x01]) }],
    ['that is an empty map', { attestationObject: () => Buffer.from([0xa0]) }],
    [
      'of many levels',
      { attestationObject: () => Buffer.concat([Buffer.alloc(4_000, 0x81), Buffer.from([0x01])]) },
    ],
    [
      'with a statement where none is promised',
      { attestation: { fmt: 'none', attStmt: attStmtOf(0xa1, 0x01, 0x02) } },
    ],
    [
      'with a certificate',
      {
        attestation: {
          fmt: 'packed',
          attStmt: Buffer.concat([
            attStmtOf(0xa1),
            cborText('x5c'),
            attStmtOf(0x81),
            cborBytes(randomBytes(300)),
          ]),
        },
      },
    ],
    [
      'of a kind of attestation with certificates',
      { attestation: { fmt: 'fido-u2f', attStmt: attStmtOf(0xa0) } },
    ],
    ['of an unknown kind of attestation', { attestation: { fmt: '__proto__', attStmt: attStmtOf(0xa0) } }],
    ['whose statement is no map', { attestation: { fmt: 'packed', attStmt: attStmtOf(0x01) } }],
    ['whose point is on no curve', withKey((x, y) => [x, y.fill(1)])],
    ['whose key is short', withKey((x, y) => [x.subarray(1), y])],
    ['whose key is long', withKey((x, y) => [Buffer.concat([x, x]), y])],
    ['whose key is no map', { coseKey: Buffer.from([0x01]) }],
    ['whose key is empty', { coseKey: Buffer.from([0xa0]) }],
    ['whose key is short, of EdDSA', { coseKey: asEd25519(randomBytes(31)) }],
    ['whose key is of 1,024 bits, of RSA', { coseKey: asRsa(randomBytes(128), e65537) }],
    ['whose key is of 8,192 bits, of RSA', { coseKey: asRsa(randomBytes(1024), e65537) }],
    [
      'whose key has a costly exponent',
      { coseKey: asRsa(randomBytes(256).fill(0xff, 0, 1), Buffer.from([1, 0, 0, 0, 1])) },
    ],
    ['with garbage behind the key', { authData: (data) => Buffer.concat([data, Buffer.alloc(1)]) }],
    ['with a backup of what cannot be backed up', { flags: 1 + 4 + 16 + 64 }],
  ])('%s is refused', async (_what, bent) => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const { answer } = await addPasskey(ada, bent);
    expect(answer.statusCode, answer.body).toBe(400);
    expect(answer.json().type).toBe('/problems/invalid-request');
    expect((await ada.get('/me/login-methods')).json().passkeys).toEqual([]);
  });

  it.each<[string, Bent]>([
    ['with an id of 1,023 bytes', { credentialId: randomBytes(1023) }],
    [
      'of EdDSA',
      {
        coseKey: asEd25519(
          Buffer.from(
            generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }).x ?? '',
            'base64url',
          ),
        ),
      },
    ],
    [
      'of RSA',
      {
        coseKey: asRsa(
          Buffer.from(
            generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }).n ?? '',
            'base64url',
          ),
          e65537,
        ),
      },
    ],
    ['that counts', { signCount: 4 }],
    ['that may be backed up', { flags: 1 + 4 + 8 + 64 }],
    ['without a word about frames', { clientData: { crossOrigin: undefined } }],
    [
      'with members that are not known',
      { response: { later: { than: ['this'] } }, inner: { publicKeyAlgorithm: -7 } },
    ],
    ['with transports that nobody knows', { inner: { transports: ['internal', 'x'.repeat(4_000), 'Ä'] } }],
  ])('%s is taken', async (_what, bent) => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    expect((await addPasskey(ada, bent)).answer.statusCode).toBe(201);
  });

  it('is refused for a challenge of another session, a used one and a late one', async () => {
    const counter = await openCounter();
    const [ada, second] = [counter.visitor(), counter.visitor()];
    await ada.register('ada');
    await second.logIn('ada');
    const origin = await originOf(ada);
    const options = async () => (await ada.post('/me/passkeys/options')).json();
    const add = async (visitor: typeof ada, made: ReturnType<typeof makePasskey>) =>
      (await visitor.post('/me/passkeys', { name: 'Phone', response: made.response })).statusCode;

    const made = makePasskey(await options(), origin);
    expect(await add(second, made)).toBe(400);
    expect(await add(ada, made)).toBe(201);
    expect(await add(ada, made)).toBe(400);
    const earlier = makePasskey(await options(), origin);
    await options();
    expect(await add(ada, earlier)).toBe(400);
    const late = makePasskey(await options(), origin);
    counter.later(5 * minute);
    await sendProof(ada, { password });
    expect(await add(ada, late)).toBe(400);
  });

  it('under the id of another account’s passkey is refused, and takes nothing away', async () => {
    const counter = await openCounter();
    const passkey = await registerWithPasskey(counter.visitor());
    const thief = counter.visitor();
    await thief.register('grace');
    const { answer } = await addPasskey(thief, { credentialId: passkey.credentialId });
    expect(answer.statusCode).toBe(400);
    expect((await logInWithPasskey(counter.visitor(), passkey)).json().username).toBe('ada');
  });
});
