import { describe, expect, it } from 'vitest';
import { minute, openCounter, type Visitor } from '../../test/counter.ts';
import { addPasskey, registerWithPasskey } from '../../test/passkeys.ts';

const rename = (visitor: Visitor, id: string, name: unknown) =>
  visitor.send('PATCH', `/me/passkeys/${id}`, JSON.stringify({ name }), {
    'content-type': 'application/json',
  });

describe('POST /me/passkeys/options', () => {
  it('asks for a discoverable passkey with a verified user, and for no attestation', async () => {
    const counter = await openCounter({ HOUSE_NAME: 'Harbour Wiki', PUBLIC_URL: 'https://id.example.com' });
    const ada = counter.visitor();
    const { id } = (await ada.register('ada')).json();
    const options = await ada.post('/me/passkeys/options');
    expect(options.json()).toEqual({
      rp: { id: 'id.example.com', name: 'Harbour Wiki' },
      user: { id, name: 'ada', displayName: 'ada' },
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      pubKeyCredParams: [-7, -8, -257].map((alg) => ({ type: 'public-key', alg })),
      timeout: 300_000,
      excludeCredentials: [],
      authenticatorSelection: {
        residentKey: 'required',
        requireResidentKey: true,
        userVerification: 'required',
      },
      attestation: 'none',
    });
  });

  it('names the passkeys of this host that the account has already', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    const passkey = await registerWithPasskey(ada);
    const id = passkey.credentialId.toString('base64url');
    const known = [{ id, type: 'public-key', transports: ['internal', 'hybrid'] }];
    expect((await ada.post('/me/passkeys/options')).json().excludeCredentials).toEqual(known);
    expect((await ada.post('/me/proof/options')).json().allowCredentials).toEqual(known);
    await counter.database.query(`UPDATE passkeys SET relying_party_id = 'old.example'`);
    expect((await ada.post('/me/proof/options')).json().allowCredentials).toEqual([]);
  });

  it('is refused when the account has twenty', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const all = [];
    for (let made = 0; made < 20; made += 1) all.push(await addPasskey(ada));
    const answer = await ada.post('/me/passkeys/options');
    expect(answer.statusCode).toBe(429);
    expect(answer.headers['retry-after']).toBeDefined();
    await ada.send('DELETE', `/me/passkeys/${all[0]?.id}`);
    expect((await ada.post('/me/passkeys/options')).statusCode).toBe(200);
  });

  it('asks for proof once five minutes have passed, and so does every change of passkeys but a new name', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const { id } = await addPasskey(ada);
    counter.later(5 * minute);
    for (const answer of [
      await ada.post('/me/passkeys/options'),
      await ada.post('/me/passkeys', { name: 'Phone', response: anything }),
      await ada.send('DELETE', `/me/passkeys/${id}`),
    ]) {
      expect(answer.json()).toMatchObject({
        type: '/problems/proof-required',
        ways: ['password', 'passkey'],
      });
    }
    expect((await rename(ada, id, 'Laptop')).statusCode).toBe(200);
  });
});

const anything = {
  ...{ id: 'AAAA', rawId: 'AAAA', type: 'public-key' },
  response: { clientDataJSON: 'AAAA', attestationObject: 'AAAA' },
};

describe('The name of a passkey', () => {
  it.each([
    ['', 'too-short'],
    ['a'.repeat(65), 'too-long'],
    ['two\nlines', 'bad-characters'],
    ['\u0085', 'bad-characters'],
    [7, 'wrong-type'],
  ])('is not %j', async (name, rule) => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const { id } = await addPasskey(ada);
    const answers = [
      await rename(ada, id, name),
      await ada.post('/me/passkeys', { name, response: anything }),
    ];
    for (const answer of answers) expect(answer.json().errors).toMatchObject([{ pointer: '#/name', rule }]);
  });

  it('has 64 code points of any script, and can be changed', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const { id } = await addPasskey(ada);
    const name = '📱'.repeat(64);
    expect((await rename(ada, id, name)).json()).toMatchObject({ id, name });
    expect((await ada.get('/me/login-methods')).json().passkeys).toMatchObject([{ id, name }]);
    expect((await rename(ada, 'AAAA', name)).statusCode).toBe(404);
  });

  it('is changed by its owner alone, and removed by nobody else', async () => {
    const counter = await openCounter();
    const [ada, grace] = [counter.visitor(), counter.visitor()];
    await Promise.all([ada.register('ada'), grace.register('grace')]);
    const { id } = await addPasskey(ada);
    expect((await rename(grace, id, 'Mine')).statusCode).toBe(404);
    expect((await grace.send('DELETE', `/me/passkeys/${id}`)).statusCode).toBe(404);
    expect((await ada.get('/me/login-methods')).json().passkeys).toMatchObject([{ id, name: 'Phone' }]);
  });
});
