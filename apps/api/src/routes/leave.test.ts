import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { describe, expect, it, vi } from 'vitest';
import { openCounter, password, type Visitor } from '../../test/counter.ts';

const cores = availableParallelism();
const leave = (visitor: Visitor, given: string) =>
  visitor.send('DELETE', '/me', JSON.stringify({ password: given }), { 'content-type': 'application/json' });

describe('DELETE /me', () => {
  it('leaves nothing behind but tombstones and the hash of the name, and says goodbye to the cookie', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    const { id } = (await ada.register('ada.leaves', { email: 'ada@gone.example' })).json();
    const other = counter.visitor();
    await other.logIn('ada.leaves');
    const sessionIds = (await ada.get('/me/sessions')).json().sessions.map((each: { id: string }) => each.id);
    const copy = counter.visitor();
    copy.ticket = ada.ticket;
    const bea = counter.visitor();
    await bea.register('bea');
    const change = JSON.stringify({ displayName: 'Ada' });
    const changed = await other.send('PATCH', '/me', change, { 'content-type': 'application/json' });
    expect([changed.statusCode, (await other.get('/me/export')).statusCode]).toEqual([200, 200]);

    const answer = await leave(ada, password);
    expect(answer.statusCode).toBe(204);
    expect(answer.headers['set-cookie']).toContain('Max-Age=0');
    for (const gone of [copy, other]) {
      expect((await gone.get('/me')).json()).toMatchObject({ reason: 'revoked' });
    }
    expect((await bea.get('/me')).statusCode).toBe(200);
    const dump = await counter.database.dump();
    expect(dump.left_names).toEqual([{ name_hash: createHash('sha256').update('ada.leaves').digest('hex') }]);
    const stored = JSON.stringify(dump);
    expect(stored).toContain('bea');
    for (const personal of ['ada.leaves', 'ada@gone.example', id, ...sessionIds]) {
      expect(stored).not.toContain(personal);
    }
    expect((await counter.visitor().logIn('ada.leaves')).statusCode).toBe(401);
  });

  it('keeps the name from being given out again: it answers like one that an account has', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    await counter.visitor().register('bea');
    await leave(ada, password);
    const [left, taken] = [await ada.register('Ada'), await counter.visitor().register('bea')];
    expect(left.statusCode).toBe(409);
    expect(left.payload.replaceAll('ada', 'bea')).toBe(taken.payload);
    expect((await counter.visitor().logIn('ada')).statusCode).toBe(401);
    await counter.store.freeName('ada');
    expect((await ada.register('ada')).statusCode).toBe(201);
  });

  it('lets others log in while everything is erased', async () => {
    const counter = await openCounter();
    await counter.visitor().register('zoe');
    const leaving = await Promise.all(
      Array.from({ length: cores + 1 }, async (_, at) => {
        const visitor = counter.visitor();
        await visitor.register(`ada${at}`);
        return visitor;
      }),
    );
    let erase = () => {};
    const held = new Promise<void>((resolve) => (erase = resolve));
    const { deleteAccount } = counter.store;
    const erasing = vi.spyOn(counter.store, 'deleteAccount').mockImplementation(async (...args) => {
      await held;
      return deleteAccount(...args);
    });
    const left = Promise.all(leaving.map((visitor) => leave(visitor, password)));
    // All places for hashes, if that held them.
    await expect.poll(() => erasing.mock.calls.length, { timeout: 9_000 }).toBeGreaterThanOrEqual(cores);
    let loggedIn = 0;
    const login = counter.visitor().logIn('zoe');
    void login.then(({ statusCode }) => (loggedIn = statusCode));
    try {
      await expect.poll(() => loggedIn, { timeout: 9_000 }).toBe(200);
    } finally {
      erase();
    }
    expect((await left).map((answer) => answer.statusCode)).toEqual(Array(cores + 1).fill(204));
  });

  it('asks for the password, and counts wrong tries like failed logins', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    for (let tries = 0; tries < 10; tries += 1) {
      expect((await leave(ada, 'not the right password')).json().type).toBe('/problems/wrong-password');
    }
    expect((await leave(ada, password)).statusCode).toBe(429);
    expect((await ada.get('/me')).statusCode).toBe(200);
    expect((await counter.visitor().send('DELETE', '/me')).statusCode).toBe(401);
  });
});
