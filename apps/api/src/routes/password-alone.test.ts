import { describe, expect, it } from 'vitest';
import { at } from '../../test/base-path.ts';
import { type Counter, minute, openCounter, password, type Visitor } from '../../test/counter.ts';
import {
  addPasskey,
  giveRecoveryCodes,
  logInWithPasskey,
  proveByPasskey,
  registerWithPasskey,
  sendProof,
  setPasswordAlone,
} from '../../test/passkeys.ts';
import { buildApp } from '../app.ts';
import { openStore } from '../store/open.ts';

const newPassword = 'gloves in the left pocket';
const json = { 'content-type': 'application/json' };

/** Opens a server with an account whose password is not enough. */
async function openWithAda(settings?: Record<string, string>) {
  const counter = await openCounter(settings);
  const ada = counter.visitor();
  const passkey = await registerWithPasskey(ada);
  await giveRecoveryCodes(counter.database);
  const answer = await setPasswordAlone(ada, false);
  expect(answer.statusCode, answer.body).toBe(200);
  return { counter, ada, passkey };
}

const changePassword = (visitor: Visitor, body: object) =>
  visitor.send('PUT', '/me/password', JSON.stringify(body), json);
const leave = (visitor: Visitor, body?: object) =>
  body === undefined
    ? visitor.send('DELETE', '/me')
    : visitor.send('DELETE', '/me', JSON.stringify(body), json);
const typesOf = async (visitor: Visitor) =>
  (await visitor.get('/me/activity')).json().events.map(({ type }: { type: string }) => type);

/** Fails unless the right password logs nobody in. */
async function expectShut(counter: Counter, more: object = {}) {
  const visitor = counter.visitor();
  const answer = await visitor.logIn('ada', { remember: true, ...more });
  expect(answer.statusCode, answer.body).toBe(401);
  expect(answer.json().type).toBe('/problems/passkey-required');
  expect(answer.headers['set-cookie']).toBeUndefined();
  expect((await visitor.get('/me')).statusCode).toBe(401);
}

describe('An account whose password is not enough', () => {
  it('is not entered by the password, is told so, and is entered by the passkey', async () => {
    const { counter, ada, passkey } = await openWithAda();
    expect((await ada.get('/me/login-methods')).json()).toMatchObject({
      passwordAlone: false,
      recoveryCodesLeft: 1,
    });
    await expectShut(counter);
    await expectShut(counter);
    const wrong = await counter.visitor().logIn('ada', { password: 'not the right password' });
    expect(wrong.json().type).toBe('/problems/invalid-credentials');
    const visitor = counter.visitor();
    expect((await logInWithPasskey(visitor, passkey)).statusCode).toBe(200);
    const { events } = (await visitor.get('/me/activity')).json();
    expect(events).toContainEqual(expect.objectContaining({ type: 'passkey-missing', count: 2 }));
    expect(counter.log).toContainEqual(
      expect.objectContaining({ event: 'authn_login_fail', reason: 'passkey-missing' }),
    );
  });

  it('had every other session ended, also remembered ones', async () => {
    const counter = await openCounter();
    const [ada, remembered] = [counter.visitor(), counter.visitor()];
    await registerWithPasskey(ada);
    await remembered.logIn('ada', { remember: true });
    await giveRecoveryCodes(counter.database);
    await setPasswordAlone(ada, false);
    expect((await remembered.get('/me')).json()).toMatchObject({ reason: 'revoked' });
    expect((await ada.get('/me')).statusCode).toBe(200);
  });

  it('stays shut after a change of its password, and after the operator has set one', async () => {
    const { counter, ada } = await openWithAda();
    expect((await changePassword(ada, { currentPassword: password, newPassword })).statusCode).toBe(204);
    await expectShut(counter, { password: newPassword });
    const set = { passwordHash: (await counter.store.findAccount('ada'))?.passwordHash ?? '', nameHash: '' };
    expect(set.passwordHash).toMatch(/^beside-a-passkey:\$argon2id\$/);
    await counter.store.setPassword(
      'ada',
      { ...set, passwordHash: set.passwordHash.replace(/^.*?:/, '') },
      counter.now(),
    );
    await expectShut(counter, { password: newPassword });
  });

  it('is not proven by its password, which is neither checked nor counted', async () => {
    const { counter, ada, passkey } = await openWithAda();
    counter.later(5 * minute);
    for (const tried of [password, 'not the right password']) {
      const answer = await sendProof(ada, { password: tried });
      expect(answer.statusCode).toBe(403);
      expect(answer.json().detail).toContain('Show a passkey');
    }
    expect((await setPasswordAlone(ada, true)).json()).toMatchObject({
      type: '/problems/proof-required',
      ways: ['passkey'],
    });
    expect((await proveByPasskey(ada, passkey)).statusCode).toBe(204);
    expect((await setPasswordAlone(ada, true)).json()).toMatchObject({ passwordAlone: true });
    expect((await counter.visitor().logIn('ada')).statusCode).toBe(200);
  });

  it('is not proven by a password that was given before the change', async () => {
    const { ada } = await openWithAda();
    const answer = await ada.post('/me/passkeys/options');
    expect(answer.json()).toMatchObject({ type: '/problems/proof-required', ways: ['passkey'] });
  });

  it('is shut at another process, too', async () => {
    const { counter } = await openWithAda();
    await counter.restart();
    await expectShut(counter);
    const { config, now } = counter;
    const store = await openStore(config.database, { clock: now });
    const other = await buildApp({ config, store, now, logTo: { write: () => undefined } });
    const payload = { username: 'ada', password };
    const answer = await other.inject({ method: 'POST', url: at('/login'), payload });
    await other.close();
    await store.close();
    expect(answer.json().type).toBe('/problems/passkey-required');
  });

  it('is shut for a login that had begun before the change', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await registerWithPasskey(ada);
    await giveRecoveryCodes(counter.database);
    const { logIn } = counter.store;
    counter.store.logIn = async (...given) => {
      expect((await setPasswordAlone(ada, false)).statusCode).toBe(200);
      return logIn(...given);
    };
    const late = counter.visitor();
    const answer = await late.logIn('ada');
    counter.store.logIn = logIn;
    expect(answer.json().type).toBe('/problems/invalid-credentials');
    expect(late.ticket).toBeUndefined();
  });

  it('is shut for a proof that had begun before the change', async () => {
    const counter = await openCounter();
    const [ada, second] = [counter.visitor(), counter.visitor()];
    await registerWithPasskey(ada);
    await second.logIn('ada');
    await giveRecoveryCodes(counter.database);
    const { proveByPassword } = counter.store;
    counter.store.proveByPassword = async (...given) => {
      await setPasswordAlone(ada, false);
      return proveByPassword(...given);
    };
    expect((await sendProof(second, { password })).json()).toMatchObject({ reason: 'revoked' });
    expect((await sendProof(ada, { password })).statusCode).toBe(403);
  });

  it('keeps its last passkey, and may lose it once the password is enough', async () => {
    const { counter, ada, passkey } = await openWithAda();
    const [{ id }] = (await ada.get('/me/login-methods')).json().passkeys;
    await proveByPasskey(ada, passkey);
    const refused = await ada.send('DELETE', `/me/passkeys/${id}`);
    expect(refused.statusCode).toBe(409);
    expect(refused.json().type).toBe('/problems/last-way-in');
    const second = await addPasskey(ada, {}, 'Key');
    expect((await ada.send('DELETE', `/me/passkeys/${id}`)).statusCode).toBe(204);
    expect((await ada.send('DELETE', `/me/passkeys/${second.id}`)).statusCode).toBe(409);
    expect((await setPasswordAlone(ada, true)).statusCode).toBe(200);
    expect((await ada.send('DELETE', `/me/passkeys/${second.id}`)).statusCode).toBe(204);
    expect((await counter.visitor().logIn('ada')).statusCode).toBe(200);
  });

  it('raises and clears no count of its name', async () => {
    const { counter } = await openWithAda();
    for (let tries = 0; tries < 9; tries += 1) {
      await counter.visitor().logIn('ada', { password: 'not the right password' });
    }
    for (let tries = 0; tries < 3; tries += 1) await expectShut(counter);
    await counter.visitor().logIn('ada', { password: 'not the right password' });
    expect((await counter.visitor().logIn('ada')).statusCode).toBe(429);
  });

  it('counts the right password for the network', async () => {
    const { counter } = await openWithAda();
    const window = counter.store.windowLimiter('login-failures', 15 * 60);
    await expectShut(counter);
    expect((await window.get('127.0.0.1')).taken).toBe(1);
  });
});

describe('PATCH /me/login-methods', () => {
  it('asks for a passkey of this host and for codes first', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    await giveRecoveryCodes(counter.database);
    expect((await setPasswordAlone(ada, false)).json().type).toBe('/problems/last-way-in');
    await addPasskey(ada);
    await counter.database.query('DELETE FROM recovery_codes');
    expect((await setPasswordAlone(ada, false)).json().type).toBe('/problems/last-way-in');
    await giveRecoveryCodes(counter.database);
    await counter.database.query(`UPDATE passkeys SET relying_party_id = 'old.example'`);
    expect((await setPasswordAlone(ada, false)).json().type).toBe('/problems/last-way-in');
    await counter.database.query(`UPDATE passkeys SET relying_party_id = 'localhost'`);
    expect((await setPasswordAlone(ada, false)).statusCode).toBe(200);
    expect(await typesOf(ada)).toEqual(['login-methods-changed', 'passkey-added', 'registered']);
  });

  it('is refused after sixty changes in an hour', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    for (let changes = 0; changes < 60; changes += 1) {
      expect((await setPasswordAlone(ada, true)).statusCode).toBe(200);
    }
    expect((await setPasswordAlone(ada, true)).statusCode).toBe(429);
  });
});

describe('A passkey that was shown within five minutes', () => {
  it('stands in for the current password at a change', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    const passkey = await registerWithPasskey(ada);
    const refused = await changePassword(ada, { newPassword });
    expect(refused.json().errors).toMatchObject([{ pointer: '#/currentPassword', rule: 'required' }]);
    await proveByPasskey(ada, passkey);
    expect(
      (await changePassword(ada, { newPassword, currentPassword: 'not the right one' })).statusCode,
    ).toBe(403);
    expect((await changePassword(ada, { newPassword })).statusCode).toBe(204);
    expect((await counter.visitor().logIn('ada', { password: newPassword })).statusCode).toBe(200);
    counter.later(5 * minute);
    expect((await changePassword(ada, { newPassword: password })).statusCode).toBe(400);
  });

  it('stands in for the password of the person who leaves, of whom nothing stays', async () => {
    const { counter, ada, passkey } = await openWithAda();
    for (const body of [undefined, {}]) {
      const refused = await leave(ada, body);
      expect(refused.json().errors).toMatchObject([{ pointer: '#/password', rule: 'required' }]);
    }
    await ada.post('/me/passkeys/options');
    await proveByPasskey(ada, passkey);
    expect((await leave(ada)).statusCode).toBe(204);
    const dump = await counter.database.dump();
    for (const table of ['accounts', 'passkeys', 'recovery_codes', 'challenges', 'links', 'sessions']) {
      expect(dump[table], table).toEqual([]);
    }
    expect((await logInWithPasskey(counter.visitor(), passkey)).statusCode).toBe(401);
  });

  it('does so after a login with it, too', async () => {
    const { counter, passkey } = await openWithAda();
    const visitor = counter.visitor();
    await logInWithPasskey(visitor, passkey);
    expect((await changePassword(visitor, { newPassword })).statusCode).toBe(204);
    expect((await leave(visitor)).statusCode).toBe(204);
  });
});
