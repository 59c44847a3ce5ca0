import argon2 from 'argon2';
import { describe, expect, it, vi } from 'vitest';
import { openCounter, password } from '../../test/counter.ts';
import { parametersOf } from './decoys.ts';
import { nameHash } from './limits.ts';

const right = { type: argon2.argon2id, memoryCost: 8192, timeCost: 1, parallelism: 1 } as const;
const salted = `$${'A'.repeat(22)}$${'A'.repeat(43)}`;

describe('a failed login', () => {
  /** What checking a password of this name costs that logs nobody in: the parameters of each hash that it is checked against. */
  async function cost(
    counter: Awaited<ReturnType<typeof openCounter>>,
    name: string,
    given = 'not the right password',
  ) {
    const verify = vi.spyOn(argon2, 'verify');
    const answer = await counter.visitor().logIn(name, { password: given });
    expect(answer.statusCode).toBe(401);
    const sets = verify.mock.calls.map(([hash]) => parametersOf(hash)).toSorted();
    verify.mockRestore();
    return sets;
  }

  it('costs the same for an unknown name, a known one, one whose hash is old, and one whose hash is of no use', async () => {
    const counter = await openCounter();
    const hashes = {
      old: await argon2.hash(password, { ...right, memoryCost: 65_536, timeCost: 3, parallelism: 4 }),
      small: await argon2.hash(password, right),
      other: await argon2.hash(password, { ...right, type: argon2.argon2i }),
      absurd: `$argon2id$v=19$m=4294967295,t=4,p=1${salted}`,
      empty: '',
    };
    await counter.visitor().register('today');
    for (const [name, hash] of Object.entries(hashes)) {
      await counter.visitor().register(name);
      await counter.database.query(
        `UPDATE accounts SET password_hash = '${hash}' WHERE username = '${name}'`,
      );
    }
    // The first attempt on each old hash teaches the process what it costs.
    await cost(counter, 'old');
    const all = await cost(counter, 'small');
    expect(all).toHaveLength(3);
    for (const name of ['nobody', 'today', ...Object.keys(hashes)]) {
      expect(await cost(counter, name), name).toEqual(all);
    }
    expect((await counter.visitor().logIn('old')).statusCode).toBe(200);
  });

  it('costs the same where the password is not enough, right or wrong', async () => {
    const counter = await openCounter();
    const mark = (name: string, hash: string) =>
      counter.database.query(
        `UPDATE accounts SET password_hash = 'beside-a-passkey:' || ${hash} WHERE username = '${name}'`,
      );
    for (const name of ['today', 'old']) await counter.visitor().register(name);
    await mark('today', 'password_hash');
    await mark('old', `'${await argon2.hash(password, right)}'`);
    // The first attempt on the old hash teaches the process what it costs.
    await cost(counter, 'old');
    const all = await cost(counter, 'nobody');
    expect(all).toHaveLength(2);
    for (const name of ['today', 'old']) {
      expect(await cost(counter, name), name).toEqual(all);
      expect(await cost(counter, name, password), name).toEqual(all);
    }
  });

  it('is a fault, and no wrong password, where there is no memory for the hash', async () => {
    const counter = await openCounter();
    counter.expectFaults();
    await counter.visitor().register('ada');
    vi.spyOn(argon2, 'verify').mockRejectedValue(new Error('Memory allocation error'));
    expect((await counter.visitor().logIn('ada')).statusCode).toBe(500);
    expect(await counter.store.loginFailures(nameHash('ada'))).toEqual([]);
  });
});

it.each([
  ['', undefined],
  ['$argon2id$v=19$m=19456,p=1,t=2', undefined],
  [`$argon2i$v=19$m=19456,t=2,p=1${salted}`, undefined],
  [`$argon2id$v=19$m=4294967295,t=1,p=1${salted}`, undefined],
  [`$argon2id$v=19$m=9999999,t=1,p=1${salted}`, undefined],
  [`$argon2id$v=19$m=7,t=1,p=1${salted}`, undefined],
  [`$argon2id$v=19$m=64,m=64,m=64${salted}`, undefined],
  [`$argon2id$v=19$m=65536,t=3,p=4${salted}`, '$argon2id$v=19$m=65536,t=3,p=4'],
])('the parameters of %j are %j', (hash, parameters) => {
  expect(parametersOf(hash)).toBe(parameters);
});
