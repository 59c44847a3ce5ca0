import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { password } from './browser/person.ts';
import { newFile, newPostgres, run, serverOver } from './command-line.ts';

const newPassword = 'gloves in the left pocket';
const remembered = `${password}\n`;
const link = /^https:\/\/example\.com\/auth\/enter#([\w-]{43})\n$/;

/** @returns the token of the link that a command printed, which stands alone on standard output. */
const tokenOf = ({ stdout }: { stdout: string }) => link.exec(stdout)?.[1] ?? '';

describe.each([
  ['SQLite', async () => newFile()],
  ['PostgreSQL', newPostgres],
])('over %s', (_engine, newDatabase) => {
  it('coatcheck link prints a link with which a person chooses a new password', async () => {
    const url = await newDatabase();
    run(url, ['add', 'ada']);
    const made = run(url, ['link', 'ADA'], '');
    expect(made).toMatchObject({ status: 0, stdout: expect.stringMatching(link) });
    const [where, event = '', said] = made.stderr.split('\n');
    expect(where).toMatch(/^Database: .*\. Address: https:\/\/example\.com\/auth\.$/);
    expect(JSON.parse(event)).toMatchObject({ event: 'authn_token_created', reason: 'operator' });
    expect(said).toMatch(/^With it, ada chooses a new password, .* The link is good once, until 20/);
    expect(made.stderr).not.toContain(tokenOf(made));

    const { client } = await serverOver(url);
    const body = { token: tokenOf(made) };
    const opened = await client.POST('/links/open', { body });
    expect(opened).toMatchObject({ ok: true, data: { kind: 'reset', username: 'ada' } });
    const used = await client.POST('/links/use', { body: { ...body, newPassword } });
    expect(used).toMatchObject({ ok: true, data: { username: 'ada' } });
    expect(await client.POST('/login', { body: { username: 'ada', password } })).toMatchObject({ ok: false });
    expect(await client.POST('/login', { body: { username: 'ada', password: newPassword } })).toMatchObject({
      ok: true,
    });
  });

  it('coatcheck add --link makes an account that its link alone can enter', async () => {
    const url = await newDatabase();
    const made = run(url, ['add', 'admin', '--link'], '');
    expect(made).toMatchObject({ status: 0, stdout: expect.stringMatching(link) });
    const { client } = await serverOver(url, { REGISTRATION: 'closed' });
    for (const guessed of ['none', password, '']) {
      const login = await client.POST('/login', { body: { username: 'admin', password: guessed } });
      expect(login).toMatchObject({ problem: { type: '/problems/invalid-credentials' } });
    }
    const body = { token: tokenOf(made), newPassword };
    expect(await client.POST('/links/use', { body })).toMatchObject({
      ok: true,
      data: { username: 'admin' },
    });
    expect(await client.POST('/login', { body: { username: 'admin', password: newPassword } })).toMatchObject(
      { ok: true },
    );
  });

  it('coatcheck invite prints an invitation where registration is open or by invitation', async () => {
    const url = await newDatabase();
    const home = { PUBLIC_URL: 'https://example.com/auth' };
    const { client } = await serverOver(url, { REGISTRATION: 'invite' });
    expect(await client.POST('/register', { body: { username: 'ada', password } })).toMatchObject({
      problem: {
        type: '/problems/registration-closed',
        detail: 'An invitation is needed to register here. Ask the operator of this server for one.',
      },
    });
    for (const [username, REGISTRATION] of [
      ['ada', 'open'],
      ['bea', 'invite'],
    ] as const) {
      const made = run(url, ['invite'], '', { ...home, REGISTRATION });
      expect(made).toMatchObject({ status: 0, stdout: expect.stringMatching(link) });
      const body = { token: tokenOf(made), username, newPassword };
      const used = await client.POST('/links/use', { body });
      expect(used).toMatchObject({ ok: true, data: { username } });
      expect(used.response.status).toBe(201);
    }
    const refused = run(url, ['invite'], '', { ...home, REGISTRATION: 'closed' });
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^Registration is closed here/m);
  });

  it('a start that is closed takes waiting invitations back', async () => {
    const url = await newDatabase();
    const token = tokenOf(run(url, ['invite'], ''));
    run(url, ['add', 'ada']);
    const reset = tokenOf(run(url, ['link', 'ada'], ''));
    const closed = await serverOver(url, { REGISTRATION: 'closed' });
    const { client } = await serverOver(url);
    for (const each of [closed.client, client]) {
      expect(await each.POST('/links/open', { body: { token } })).toMatchObject({
        problem: { type: '/problems/link-void', reason: 'superseded' },
      });
      expect(await each.POST('/links/open', { body: { token: reset } })).toMatchObject({ ok: true });
    }
  });

  it('coatcheck links lists what waits, with nothing secret, and takes a link back, as docs/command-line.md says', async () => {
    const url = await newDatabase();
    const invitation = tokenOf(run(url, ['invite', '--expires', '3d'], ''));
    expect(run(url, ['add', 'ada']).status).toBe(0);
    const older = tokenOf(run(url, ['link', 'ada'], ''));
    const newer = tokenOf(run(url, ['link', 'ada'], ''));
    const listed = run(url, ['links'], '');
    expect(listed.status).toBe(0);
    const [heading, ...rows] = listed.stdout.trimEnd().split('\n');
    expect(heading?.split(/ +/)).toEqual(['ID', 'KIND', 'NAME', 'GOOD', 'UNTIL']);
    const cells = rows.map((row) => row.split(/ +/));
    const id = expect.stringMatching(/^[\w-]{22}$/);
    const time = expect.stringMatching(/^20\d\d-.*Z$/);
    expect(cells).toEqual([
      [id, 'invitation', '-', time],
      [id, 'reset', 'ada', time],
    ]);
    for (const token of [invitation, older, newer])
      expect(listed.stdout + listed.stderr).not.toContain(token);
    const days = (Date.parse(cells[0]?.[3] ?? '') - Date.now()) / (24 * 60 * 60_000);
    expect(days).toBeGreaterThan(2.9);
    expect(days).toBeLessThan(3);

    const taken = run(url, ['links', 'void', cells[1]?.[0] ?? ''], '');
    expect(taken).toMatchObject({ status: 0, stdout: `The link ${cells[1]?.[0]} is void.\n` });
    expect(run(url, ['links', 'void', cells[1]?.[0] ?? ''], '').status).toBe(1);
    const { client } = await serverOver(url);
    for (const token of [older, newer]) {
      expect(await client.POST('/links/open', { body: { token } })).toMatchObject({
        problem: { reason: 'superseded' },
      });
    }
  });

  it('coatcheck password leaves a password that is not enough alone as it is, unless --alone is given', async () => {
    const url = await newDatabase();
    run(url, ['add', 'ada']);
    expect(run(url, ['password', 'ada'], `${newPassword}\n`).status).toBe(0);
    const alone = run(url, ['password', 'ada', '--alone'], remembered);
    expect(alone).toMatchObject({ status: 0, stdout: expect.stringMatching(/enough without a passkey/) });
    const { client } = await serverOver(url);
    expect(await client.POST('/login', { body: { username: 'ada', password } })).toMatchObject({ ok: true });
  });
});

describe('given what cannot be', () => {
  it('prints no link and says why', () => {
    const url = newFile();
    expect(run(url, ['add', 'ada']).status).toBe(0);
    for (const [args, why] of [
      [['link', 'nobody'], /^There is no account named "nobody"\.$/m],
      [['link', 'ada', '--expires', '4x'], /^--expires is "4x"\. Give a number followed by s, m, h or d/],
      [['link', 'ada', '--expires', '0s'], /^--expires is "0s"\./],
      [['link', 'ada', '--expires', ''], /^--expires is ""\./],
      [['invite', '--expires', '91d'], /^--expires is "91d"\./],
      [['link', 'ada', '--expires'], /^Usage: /],
      [['link'], /^Usage: /],
      [['link', 'ada', 'bea'], /^Usage: /],
      [['link', 'ada', '--expires', '3d', '--link'], /^Usage: /],
      [['invite', 'ada'], /^Usage: /],
      [['links', 'ada'], /^Usage: /],
      [['links', 'void'], /^Usage: /],
      [['links', 'void', 'AAAAAAAAAAAAAAAAAAAAAA'], /^No link with the id "A+" waits for its use\.$/m],
      [['add', 'ada', '--link'], /^There is an account named "ada" already\.$/m],
      [['add', 'bea', '--link=yes'], /^Usage: /],
      [['add', 'bea', '--expires', '3d'], /^Usage: /],
      [['add', 'bea', '--link', '--expires', '3d'], /^Usage: /],
    ] as const) {
      const refused = run(url, [...args], '');
      expect(refused, args.join(' ')).toMatchObject({ status: 1, stdout: '' });
      expect(refused.stderr).toMatch(why);
    }
    expect(run(url, ['links'], '')).toMatchObject({ status: 0, stdout: '' });
  });

  it('coatcheck link is good for as long as --expires says', async () => {
    const url = newFile();
    run(url, ['add', 'ada']);
    const { client } = await serverOver(url);
    const token = tokenOf(run(url, ['link', 'ada', '--expires', '1s'], ''));
    await expect
      .poll(() => client.POST('/links/open', { body: { token } }), { timeout: 5_000 })
      .toMatchObject({ problem: { reason: 'expired' } });
  });

  it('makes no link to a port that the server has yet to pick, and says what to set', () => {
    const url = newFile();
    run(url, ['add', 'ada']);
    const unknown = { PORT: '0' };
    for (const args of [['link', 'ada'], ['invite'], ['add', 'bea', '--link']]) {
      const refused = run(url, args, '', unknown);
      expect(refused, args.join(' ')).toMatchObject({ status: 1, stdout: '' });
      expect(refused.stderr).toMatch(/^PORT is 0 and PUBLIC_URL is not set, .* Set PUBLIC_URL .*, or PORT /m);
      expect(refused.stderr).not.toContain('localhost:0');
    }
    expect(run(url, ['links'], '', unknown)).toMatchObject({
      status: 0,
      stdout: '',
      stderr: expect.stringMatching(/Address: on this machine, at a port that the server picks/),
    });
    expect(run(url, ['add', 'bea'], undefined, unknown).status).toBe(0);
    const known = { PORT: '0', PUBLIC_URL: 'https://example.com/auth' };
    expect(run(url, ['link', 'ada'], '', known).stdout).toMatch(link);
  });

  it.each([
    [['invite'], { PORT: '0' }, 'PORT is 0'],
    [['invite'], { REGISTRATION: 'closed' }, 'Registration is closed'],
    [['add', 'ada', '--link'], { PORT: '0' }, 'PORT is 0'],
    [['link', 'ada'], { PORT: '0' }, 'PORT is 0'],
  ])('coatcheck %j leaves no new database behind when it refuses because of %j', (args, settings, why) => {
    const url = newFile();
    const refused = run(url, args, '', settings);
    expect(refused).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(why) });
    expect(existsSync(dirname(url.replace('sqlite:', '')))).toBe(false);
  });

  it('a link leads to localhost, below the path in front of an app, while PUBLIC_URL is not set', () => {
    const url = newFile();
    run(url, ['add', 'ada']);
    expect(run(url, ['link', 'ada'], '', { PORT: '3001' }).stdout).toMatch(
      /^http:\/\/localhost:3001\/enter#/,
    );
    const inFront = run(url, ['link', 'ada'], '', { IN_FRONT_OF: 'http://localhost:8080' });
    expect(inFront.stdout).toMatch(/^http:\/\/localhost:3000\/auth\/enter#/);
  });
});
