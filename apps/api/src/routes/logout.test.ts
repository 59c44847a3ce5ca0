import { describe, expect, it } from 'vitest';
import { openCounter } from '../../test/counter.ts';

describe('POST /logout', () => {
  it('ends the session: a copy of the cookie is dead too', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const copy = counter.visitor();
    copy.ticket = ada.ticket;
    const answer = await ada.post('/logout');
    expect(answer.statusCode).toBe(204);
    expect(answer.body).toBe('');
    expect(answer.headers['set-cookie']).toMatch(
      /^coatcheck=; Max-Age=0; Path=\/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax$/,
    );
    expect((await copy.get('/me')).json()).toMatchObject({ reason: 'logged-out' });
  });

  it('answers the same without a session, and clears the cookie all the same', async () => {
    const counter = await openCounter();
    const stranger = counter.visitor();
    for (const ticket of [undefined, 'garbage', 'A'.repeat(43)]) {
      stranger.ticket = ticket;
      const answer = await stranger.post('/logout');
      expect(answer.statusCode).toBe(204);
      expect(answer.headers['set-cookie']).toContain('Max-Age=0');
    }
  });

  it('takes nothing, so nothing that is sent along can stop it', async () => {
    const counter = await openCounter();
    for (const body of ['', '{}', '{broken', 'x'.repeat(20_000)]) {
      const answer = await counter.visitor().send('POST', '/logout', body, { 'content-type': 'text/plain' });
      expect(answer.statusCode).toBe(204);
    }
  });

  it('fails loudly when it could not be written down, and the session lives on', async () => {
    const counter = await openCounter();
    counter.expectFaults();
    const ada = counter.visitor();
    await ada.register('ada');
    const letGo = await counter.database.holdWrites();
    const answer = await ada.post('/logout');
    await letGo();
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe(String(answer.json().retryAfter));
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect((await ada.get('/me')).statusCode).toBe(200);
  });
});
