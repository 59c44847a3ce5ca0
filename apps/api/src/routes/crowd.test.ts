import { connect } from 'node:net';
import { availableParallelism } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import argon2 from 'argon2';
import { describe, expect, inject, it, vi } from 'vitest';
import { openCounter, password } from '../../test/counter.ts';

const cores = availableParallelism();
const from = (address: string) => ({ 'x-forwarded-for': address });
/** Longer than six hundred requests take to arrive, and shorter than they may wait. */
const patiently = { timeout: 9_000 };
const behindProxy = { TRUSTED_PROXIES: '127.0.0.1' };

describe('a crowd', () => {
  /**
   * A counter, and whose hashes were checked, in order; each takes five milliseconds and finds the password right.
   * @param begin resolves when the first of them may go on
   */
  async function crowded(people: string[], begin = Promise.resolve()) {
    const counter = await openCounter(behindProxy);
    const names = new Map<string, string>();
    for (const name of people) {
      await counter.visitor(from('192.0.2.250')).register(name);
      names.set((await counter.store.findAccount(name))?.passwordHash ?? '', name);
    }
    const checked: (string | undefined)[] = [];
    vi.spyOn(argon2, 'verify').mockImplementation(async (hash) => {
      checked.push(names.get(hash));
      await begin;
      await pause(5);
      return true;
    });
    return { counter, checked };
  }

  // The queue is the same whatever the engine; a pool of connections makes the crowd come one by one.
  it.skipIf(inject('engine') === 'postgres').each([
    ['one account at one address', () => from('203.0.113.7')],
    ['every /64 of a /48', (at: number) => from(`2001:db8:7:${at.toString(16)}::1`)],
    ['a hundred addresses, each as often', (at: number) => from(`203.0.113.${at % 100}`)],
  ])('of %s does not keep another network from logging in', async (_who, address) => {
    const full = Promise.withResolvers<void>();
    const { counter, checked } = await crowded(['ada', 'bea'], full.promise);
    counter.expectFaults();
    const crowd = Array.from({ length: 600 }, (_, at) => counter.visitor(address(at)).logIn('ada'));
    const refusals = () => counter.log.filter(({ status }) => status === 503);
    await expect.poll(() => refusals().length, patiently).toBeGreaterThan(0);
    const before = checked.length;
    const lookedUp = vi.spyOn(counter.store, 'findAccount');
    const bea = counter.visitor(from('198.51.100.9')).logIn('bea');
    await expect.poll(() => lookedUp.mock.calls.flat()).toContain('bea');
    full.resolve();
    expect((await bea).statusCode).toBe(200);
    // Whoever comes from a hundred addresses has a hundred turns in each round, and no more.
    expect(checked.indexOf('bea') - before).toBeLessThanOrEqual(100 + 2 * cores);
    const statuses = (await Promise.all(crowd)).map((answer) => answer.statusCode);
    expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(512);
    const refused = (await Promise.all(crowd)).filter((answer) => answer.statusCode !== 200);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused)
      expect(answer).toMatchObject({ statusCode: 503, headers: { 'retry-after': '5' } });
  });

  it('of a hundred people behind one address all get in', async () => {
    const people = Array.from({ length: 25 }, (_, at) => `person${at}`);
    const { counter } = await crowded(people);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, at) => counter.visitor(from('203.0.113.7')).logIn(`person${at % 25}`)),
    );
    expect(answers.filter((answer) => answer.statusCode !== 200)).toEqual([]);
  });

  it('that registers from one address gets its thirty, and is told so without more hashes', async () => {
    const { counter, checked } = await crowded(['bea']);
    const hash = vi.spyOn(argon2, 'hash');
    const crowd = Array.from({ length: 480 }, (_, at) =>
      counter.visitor(from('203.0.113.7')).register(`person${at}`),
    );
    await expect.poll(() => hash.mock.calls.length, { ...patiently, interval: 1 }).toBeGreaterThan(0);
    const before = hash.mock.calls.length;
    await counter.visitor(from('198.51.100.9')).logIn('bea');
    expect(checked).toEqual(['bea']);
    expect(hash.mock.calls.length - before).toBeLessThanOrEqual(2 * cores);
    const answers = await Promise.all(crowd);
    expect(answers.filter((answer) => answer.statusCode === 201)).toHaveLength(30);
    expect(answers.filter((answer) => answer.statusCode === 429)).toHaveLength(450);
    expect(hash.mock.calls.length).toBeLessThanOrEqual(30 + cores);
  });

  it('that hangs up is forgotten: nothing is hashed for it, and nobody waits for it', async () => {
    const counter = await openCounter();
    await counter.visitor().register('ada');
    const url = new URL(await counter.app.listen({ host: '127.0.0.1', port: 0 }));
    let release = () => {};
    const held = new Promise<boolean>((resolve) => {
      release = () => resolve(false);
    });
    const verify = vi.spyOn(argon2, 'verify').mockReturnValue(held);

    const body = JSON.stringify({ username: 'ada', password });
    const call = `POST /login HTTP/1.1\r\nHost: ${url.host}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const closed: Promise<unknown>[] = [];
    counter.app.server.on('connection', (socket) => {
      closed.push(new Promise((resolve) => socket.once('close', resolve)));
    });
    const arrived = vi.spyOn(counter.store, 'isFamiliarNetwork');
    const senders = Array.from({ length: 50 }, () => connect(Number(url.port), url.hostname));
    // Two on each connection, the second before the first is answered.
    for (const sender of senders) sender.on('error', () => {}).write(call + call);
    await expect.poll(() => arrived.mock.calls.length, patiently).toBe(100);
    await expect.poll(() => verify.mock.calls.length, patiently).toBe(cores);
    for (const [at, sender] of senders.entries()) at % 2 ? sender.resetAndDestroy() : sender.destroy();
    await Promise.all(closed);

    const next = counter.visitor().logIn('ada');
    release();
    expect((await next).statusCode).toBe(401);
    expect(verify).toHaveBeenCalledTimes(cores + 1);
  });
});
