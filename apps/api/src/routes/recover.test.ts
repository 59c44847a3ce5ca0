import argon2 from 'argon2';
import { describe, expect, it, vi } from 'vitest';
import { type Counter, hour, minute, openCounter, type Visitor } from '../../test/counter.ts';

const newPassword = 'gloves in the left pocket';

/** Registers somebody, who makes recovery codes. */
async function withCodes(counter: Counter, username = 'ada') {
  const owner = counter.visitor();
  await owner.register(username);
  const made = await owner.post('/me/recovery-codes');
  expect(made.statusCode).toBe(200);
  const { codes } = made.json() as { codes: [string, ...string[]] };
  return { owner, codes };
}

const recover = (visitor: Visitor, code: string, more: object = {}) =>
  visitor.post('/recover', { username: 'ada', code, newPassword, ...more });

describe('POST /me/recovery-codes', () => {
  it('gives ten codes of sixteen characters that nobody takes for another', async () => {
    const counter = await openCounter();
    const { codes } = await withCodes(counter);
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
  });

  it('keeps hashes of Argon2id under one salt, with the cost of a password', async () => {
    const counter = await openCounter();
    await withCodes(counter);
    const { recovery_codes: rows = [] } = await counter.database.dump();
    const hashes = rows.map((row) => String((row as { code_hash: string }).code_hash));
    expect(hashes).toHaveLength(10);
    expect(new Set(hashes).size).toBe(10);
    expect(new Set(hashes.map((hash) => hash.slice(0, hash.lastIndexOf('$')))).size).toBe(1);
    for (const hash of hashes) expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,p=1,t=2\$/);
  });

  it('makes the earlier ones void', async () => {
    const counter = await openCounter();
    const { owner, codes } = await withCodes(counter);
    expect((await owner.post('/me/recovery-codes')).statusCode).toBe(200);
    expect((await recover(counter.visitor(), codes[0])).statusCode).toBe(401);
    expect((await owner.get('/me/export')).json()).toMatchObject({ recoveryCodesLeft: 10 });
  });

  it('asks for a proof of the last five minutes, and a code is none', async () => {
    const counter = await openCounter();
    const { owner, codes } = await withCodes(counter);
    counter.later(5 * minute);
    const late = await owner.post('/me/recovery-codes');
    expect(late.statusCode).toBe(403);
    expect(late.json()).toMatchObject({ type: '/problems/proof-required', ways: ['password'] });
    const back = counter.visitor();
    expect((await recover(back, codes[0])).statusCode).toBe(200);
    expect((await back.post('/me/recovery-codes')).statusCode).toBe(403);
    await back.logIn('ada', { password: newPassword });
    expect((await back.post('/me/recovery-codes')).statusCode).toBe(200);
  });

  it('changes nothing when the session ends meanwhile', async () => {
    const counter = await openCounter();
    const { owner, codes } = await withCodes(counter);
    const { replaceRecoveryCodes, endOtherSessions, findAccount } = counter.store;
    const account = await findAccount('ada');
    vi.spyOn(counter.store, 'replaceRecoveryCodes').mockImplementation(async (...given) => {
      await endOtherSessions(account?.id ?? '', '', given[1].by, counter.now());
      return replaceRecoveryCodes(...given);
    });
    expect((await owner.post('/me/recovery-codes')).json()).toMatchObject({
      type: '/problems/not-logged-in',
      reason: 'revoked',
    });
    expect((await recover(counter.visitor(), codes[0])).statusCode).toBe(200);
  });

  it('gives codes to one account twenty times an hour', async () => {
    vi.spyOn(argon2, 'hash').mockResolvedValue('$argon2id$v=19$m=8,p=1,t=1$AAAAAAAAAAAAAAAA$A' as never);
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const { replaceRecoveryCodes } = counter.store;
    vi.spyOn(counter.store, 'replaceRecoveryCodes').mockImplementation((_hashes, ...rest) =>
      replaceRecoveryCodes([], ...rest),
    );
    for (let made = 0; made < 20; made += 1) {
      expect((await ada.post('/me/recovery-codes')).statusCode).toBe(200);
    }
    const refused = await ada.post('/me/recovery-codes');
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    vi.restoreAllMocks();
  });

  it('is for members alone', async () => {
    const counter = await openCounter();
    expect((await counter.visitor().post('/me/recovery-codes')).statusCode).toBe(401);
  });
});

describe('POST /recover', () => {
  it('sets the new password, logs in, and ends every other session', async () => {
    const counter = await openCounter();
    const { owner, codes } = await withCodes(counter);
    const back = counter.visitor();
    const answer = await recover(back, codes[3] ?? '', { username: 'ADA' });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({ username: 'ada' });
    expect((await back.get('/me')).statusCode).toBe(200);
    expect((await owner.get('/me')).json()).toMatchObject({ reason: 'revoked' });
    expect((await counter.visitor().logIn('ada')).statusCode).toBe(401);
    expect((await counter.visitor().logIn('ada', { password: newPassword })).statusCode).toBe(200);
    const { events } = (await back.get('/me/activity')).json();
    expect(events.map(({ type }: { type: string }) => type)).toContain('recovery-code-used');
    expect(counter.log.filter(({ reason }) => reason === 'recovery-code')).toMatchObject([
      { event: 'authn_password_change' },
      { event: 'authn_login_success' },
    ]);
  });

  it('takes a code without its dashes, with blanks, in any case, and with letters for digits', async () => {
    const counter = await openCounter();
    const { codes } = await withCodes(counter);
    const ways = [
      (code: string) => code.replaceAll('-', ''),
      (code: string) => ` ${code.toLowerCase().replaceAll('-', ' ')} `,
      (code: string) => code.replaceAll('0', 'O').replaceAll('1', 'l').replaceAll('-', '–'),
      (code: string) => code.replaceAll('0', 'o').replaceAll('1', 'I'),
    ];
    for (const [at, typed] of ways.entries()) {
      const answer = await recover(counter.visitor(), typed(codes[at] ?? ''));
      expect(answer.statusCode, typed(codes[at] ?? '')).toBe(200);
    }
  });

  it('takes a code once, by ten at the same time, too', async () => {
    const counter = await openCounter();
    const { codes } = await withCodes(counter);
    const answers = await Promise.all(Array.from({ length: 10 }, () => recover(counter.visitor(), codes[0])));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, ...Array(9).fill(401)]);
    expect((await recover(counter.visitor(), codes[0])).statusCode).toBe(401);
    expect((await recover(counter.visitor(), codes[1] ?? '')).statusCode).toBe(200);
  });

  it('looks at the new password first, and uses no code up for a bad one', async () => {
    const counter = await openCounter();
    const { codes } = await withCodes(counter);
    for (const [bad, rule] of [
      ['short', 'too-short'],
      ['passwordpassword', 'too-common'],
      ['ada ada ada ada ada', 'is-username'],
    ]) {
      expect((await recover(counter.visitor(), codes[0], { newPassword: bad })).json()).toMatchObject({
        type: '/problems/invalid-request',
        errors: [{ pointer: '#/newPassword', rule }],
      });
    }
    expect((await recover(counter.visitor(), codes[0])).statusCode).toBe(200);
  });

  it('answers a wrong code, an unknown name and an account without codes alike', async () => {
    const counter = await openCounter();
    await withCodes(counter);
    await counter.visitor().register('bea');
    const code = 'AAAA-AAAA-AAAA-AAAA';
    const answers = await Promise.all(
      ['ada', 'bea', 'nobody'].map((username) => recover(counter.visitor(), code, { username })),
    );
    const seen = answers.map(({ statusCode, headers, body }) => ({
      statusCode,
      headers: Object.keys(headers),
      body,
    }));
    expect(seen[0]).toMatchObject({ statusCode: 401 });
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[2]).toEqual(seen[0]);
  });

  it('costs the same for a wrong code of today, one of older parameters, an account without codes and an unknown name', async () => {
    const counter = await openCounter();
    await withCodes(counter);
    await withCodes(counter, 'old');
    await counter.visitor().register('bea');
    const salt = Buffer.alloc(16, 7);
    const old = { type: argon2.argon2id, memoryCost: 8192, timeCost: 3, parallelism: 1, salt } as const;
    const hash = await argon2.hash('ABCDEFGH23456789', old);
    const account = await counter.store.findAccount('old');
    await counter.database.query(`DELETE FROM recovery_codes WHERE account_id = '${account?.id}'`);
    await counter.database.query(`INSERT INTO recovery_codes VALUES ('${account?.id}', '${hash}')`);
    const verify = vi.spyOn(argon2, 'verify');
    const compute = vi.spyOn(argon2, 'hash');
    const cost = async (username: string) => {
      verify.mockClear();
      compute.mockClear();
      expect((await recover(counter.visitor(), 'AAAA-AAAA-AAAA-AAAA', { username })).statusCode).toBe(401);
      const computed = compute.mock.calls.map(([, options]) => options);
      return [
        ...computed.map((options) => `m=${options?.memoryCost},t=${options?.timeCost}`),
        ...verify.mock.calls.map(([decoy]) => {
          const [, , , set = ''] = decoy.split('$');
          return set.replace(/^(m=\d+),p=1,(t=\d+)$/, '$1,$2');
        }),
      ].sort();
    };
    // The first try teaches the process what the older hash costs.
    await cost('old');
    const costs = [await cost('old'), await cost('ada'), await cost('bea'), await cost('nobody')];
    expect(costs[0]).toEqual(['m=19456,t=2', 'm=8192,t=3']);
    for (const each of costs) expect(each).toEqual(costs[0]);
    vi.restoreAllMocks();
    const right = await recover(counter.visitor(), 'abcdefgh 23456789', { username: 'old' });
    expect(right.statusCode).toBe(200);
  });

  it('counts wrong codes like wrong passwords, in one count', async () => {
    const counter = await openCounter({ TRUSTED_PROXIES: '127.0.0.1' });
    const { owner, codes } = await withCodes(counter);
    const stranger = counter.visitor({ 'x-forwarded-for': '203.0.113.9' });
    for (let tries = 0; tries < 5; tries += 1) {
      expect((await recover(stranger, 'AAAA-AAAA-AAAA-AAAA')).statusCode).toBe(401);
      expect((await stranger.logIn('ada', { password: 'not the right password' })).statusCode).toBe(401);
    }
    const waiting = await recover(stranger, codes[0]);
    expect(waiting.statusCode).toBe(429);
    expect(waiting.headers['retry-after']).toBe('30');
    expect((await stranger.logIn('ada')).statusCode).toBe(429);
    const { events } = (await owner.get('/me/activity')).json();
    expect(events).toContainEqual(expect.objectContaining({ type: 'login-failed', count: 10 }));
    counter.later(hour);
    expect((await recover(stranger, codes[0])).statusCode).toBe(200);
  });

  it('leaves a password that is not enough alone as it is', async () => {
    const counter = await openCounter();
    const { codes } = await withCodes(counter);
    await counter.database.query(
      `UPDATE accounts SET password_hash = 'beside-a-passkey:' || password_hash WHERE username = 'ada'`,
    );
    const back = counter.visitor();
    expect((await recover(back, codes[0])).statusCode).toBe(200);
    expect((await back.get('/me/export')).json()).toMatchObject({
      passwordAlone: false,
      recoveryCodesLeft: 9,
    });
    expect((await counter.visitor().logIn('ada', { password: newPassword })).statusCode).toBe(401);
  });

  it.each([
    [{ code: undefined }, '#/code', 'required'],
    [{ code: 7 }, '#/code', 'wrong-type'],
    [{ code: 'A'.repeat(65) }, '#/code', 'too-long'],
    [{ remember: true }, '#/remember', 'unknown-field'],
  ])('refuses a body with %j', async (more, pointer, rule) => {
    const counter = await openCounter();
    const answer = await recover(counter.visitor(), '', more);
    expect(answer.json()).toMatchObject({ status: 400, errors: [{ pointer, rule }] });
  });
});
