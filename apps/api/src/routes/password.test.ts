import { describe, expect, it } from 'vitest';
import { type Counter, hour, openCounter, password, type Visitor } from '../../test/counter.ts';

const newPassword = 'gloves in the left pocket';

const change = (visitor: Visitor, more: object = {}) =>
  visitor.send('PUT', '/me/password', JSON.stringify({ currentPassword: password, newPassword, ...more }), {
    'content-type': 'application/json',
  });

async function openWithAda(settings?: Record<string, string>): Promise<{ counter: Counter; ada: Visitor }> {
  const counter = await openCounter(settings);
  const ada = counter.visitor();
  await ada.register('ada', { remember: true });
  return { counter, ada };
}

describe('PUT /me/password', () => {
  it('ends every other session; this one goes on under a new ticket, and the old one is dead', async () => {
    const { counter, ada } = await openWithAda();
    const other = counter.visitor();
    await other.logIn('ada');
    const copy = counter.visitor();
    copy.ticket = ada.ticket;
    counter.later(hour);
    const before = (await ada.get('/session')).json();

    const answer = await change(ada);
    expect(answer.statusCode).toBe(204);
    expect(answer.headers['set-cookie']).toMatch(
      /^coatcheck=[\w-]{43}; Max-Age=258(?:8400|839\d); Path=\/; Expires=.+; HttpOnly; SameSite=Lax$/,
    );
    expect(ada.ticket).not.toBe(copy.ticket);
    const after = (await ada.get('/session')).json();
    expect(after.session).toEqual({ ...before.session, lastSeenAt: after.session.lastSeenAt });
    expect((await copy.get('/me')).json()).toMatchObject({ reason: 'replaced' });
    expect((await other.get('/me')).json()).toMatchObject({ reason: 'revoked' });
    expect((await counter.visitor().logIn('ada')).statusCode).toBe(401);
    expect((await counter.visitor().logIn('ada', { password: newPassword })).statusCode).toBe(200);
    expect(counter.log).toContainEqual(expect.objectContaining({ event: 'authn_password_change' }));
  });

  it('refuses a wrong current password, counts it like a failed login, and changes nothing', async () => {
    const { counter, ada } = await openWithAda();
    for (let tries = 0; tries < 10; tries += 1) {
      const answer = await change(ada, { currentPassword: 'not the right password' });
      expect(answer.statusCode).toBe(403);
      expect(answer.json().type).toBe('/problems/wrong-password');
    }
    const tenth = await change(ada);
    expect(tenth.statusCode).toBe(429);
    expect(tenth.headers['retry-after']).toBe('30');
    expect((await counter.visitor().logIn('ada')).statusCode).toBe(429);
    counter.later(30_000);
    expect((await change(ada)).statusCode).toBe(204);
    expect((await counter.visitor().logIn('ada', { password: newPassword })).statusCode).toBe(200);
  });

  it.each([
    [{ newPassword: 'too short' }, '#/newPassword', 'too-short'],
    [{ newPassword: 'adaadaadaadaada' }, '#/newPassword', 'is-username'],
    [{ newPassword: 'a'.repeat(20) }, '#/newPassword', 'too-common'],
    [{ currentPassword: undefined }, '#/currentPassword', 'required'],
  ])('refuses %j', async (given, pointer, rule) => {
    const { ada } = await openWithAda();
    const answer = await change(ada, given);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toMatchObject([{ pointer, rule }]);
    expect((await ada.get('/me')).statusCode).toBe(200);
  });

  it('says why when the session ends while the password is being checked', async () => {
    const { counter, ada } = await openWithAda();
    const { changePassword } = counter.store;
    counter.store.changePassword = async (accountId, change, tickets, by, now) => {
      await counter.store.endOtherSessions(accountId, '', by, Date.now());
      return changePassword(accountId, change, tickets, by, now);
    };
    const answer = await change(ada);
    expect(answer.json()).toMatchObject({ type: '/problems/not-logged-in', reason: 'revoked' });
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect((await counter.visitor().logIn('ada')).statusCode).toBe(200);
  });

  it('leaves one ticket alive, however requests race', async () => {
    const { counter, ada } = await openWithAda();
    const others = Array.from({ length: 5 }, () => counter.visitor());
    await Promise.all(others.map((other) => other.logIn('ada')));
    await Promise.all([
      ...others.map((other) => other.get('/me')),
      change(ada),
      ...others.map((other) => other.get('/session')),
      ...others.map((other) => other.logIn('ada')),
    ]);
    for (const other of others) expect((await other.get('/me')).statusCode).toBe(401);
    const { sessions } = (await ada.get('/me/sessions')).json();
    expect(sessions).toHaveLength(1);
  });
});
