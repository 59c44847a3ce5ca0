import { describe, expect, it } from 'vitest';
import { hour, minute, openCounter } from '../../test/counter.ts';

const firefox = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };

/** Ada on two devices, and bea on one. */
async function openWithThree() {
  const counter = await openCounter();
  const phone = counter.visitor();
  await phone.register('ada');
  counter.later(minute);
  const laptop = counter.visitor(firefox);
  await laptop.logIn('ada');
  const bea = counter.visitor();
  await bea.register('bea');
  const idsOf = async (visitor: typeof phone) =>
    (await visitor.get('/me/sessions')).json().sessions.map((session: { id: string }) => session.id);
  return { counter, phone, laptop, bea, idsOf };
}

describe('GET /me/sessions', () => {
  it('lists all mine and nobody else’s, the one that asks first', async () => {
    const { phone, laptop } = await openWithThree();
    const { sessions } = (await phone.get('/me/sessions')).json();
    expect(sessions).toHaveLength(2);
    expect(sessions[0]).toMatchObject({ current: true, device: { browser: 'lightMyRequest', system: null } });
    expect(sessions[1]).toMatchObject({ current: false, device: { browser: 'Firefox', system: 'Linux' } });
    expect((await laptop.get('/me/sessions')).json().sessions[0].id).toBe(sessions[1].id);
    expect(JSON.stringify(sessions)).not.toContain(laptop.ticket);
  });

  it('leaves out what has expired, swept or not', async () => {
    const { counter, phone, idsOf } = await openWithThree();
    counter.later(hour);
    await phone.get('/me');
    counter.later(1.5 * hour);
    expect(await idsOf(phone)).toHaveLength(1);
  });

  it('asks who is there', async () => {
    const { counter } = await openWithThree();
    expect((await counter.visitor().get('/me/sessions')).json()).toMatchObject({ reason: 'no-cookie' });
  });
});

describe('DELETE /me/sessions/{id}', () => {
  it('ends that one at once, and no other', async () => {
    const { phone, laptop, bea, idsOf } = await openWithThree();
    const [, other] = await idsOf(phone);
    const answer = await phone.send('DELETE', `/me/sessions/${other}`);
    expect(answer.statusCode).toBe(204);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect((await laptop.get('/me')).json()).toMatchObject({ reason: 'revoked' });
    expect((await phone.get('/me')).statusCode).toBe(200);
    expect((await bea.get('/me')).statusCode).toBe(200);
    expect((await phone.send('DELETE', `/me/sessions/${other}`)).statusCode).toBe(404);
  });

  it('answers another’s id as it answers one that never was', async () => {
    const { phone, bea, idsOf } = await openWithThree();
    const [beas] = await idsOf(bea);
    const [others, nobodys] = await Promise.all(
      [beas, 'A'.repeat(22)].map((id) => phone.send('DELETE', `/me/sessions/${id}`)),
    );
    expect(others?.statusCode).toBe(404);
    expect(others?.body).toBe(nobodys?.body);
    expect((await bea.get('/me')).statusCode).toBe(200);
  });
});

describe('DELETE /me/sessions', () => {
  it('ends all but the one that asks', async () => {
    const { counter, phone, laptop, bea, idsOf } = await openWithThree();
    const third = counter.visitor();
    await third.logIn('ada');
    expect((await laptop.send('DELETE', '/me/sessions')).statusCode).toBe(204);
    for (const ended of [phone, third]) {
      expect((await ended.get('/me')).json()).toMatchObject({ reason: 'revoked' });
    }
    expect(await idsOf(laptop)).toHaveLength(1);
    expect((await bea.get('/me')).statusCode).toBe(200);
  });
});
