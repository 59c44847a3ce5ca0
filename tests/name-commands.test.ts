import { describe, expect, it } from 'vitest';
import { password } from './browser/person.ts';
import { newFile, newPostgres, run, serverOver } from './command-line.ts';
import { commandsOf } from './markdown.ts';

describe.each([
  ['SQLite', async () => newFile()],
  ['PostgreSQL', newPostgres],
])('over %s', (_engine, newDatabase) => {
  it('coatcheck add makes an account in a new database, with a reserved name and where nobody can register', async () => {
    const url = await newDatabase();
    const added = run(url, ['add', 'Admin']);
    expect(added).toMatchObject({ status: 0, stdout: 'The account admin is made: admin can log in now.\n' });
    const [database, event = ''] = added.stderr.split('\n');
    const shown = url.replace(':open-sesame@', '@');
    expect(database).toBe(`Database: ${shown}. Address: https://example.com/auth.`);
    expect(JSON.parse(event)).toMatchObject({ event: 'user_created', reason: 'operator' });
    const { client } = await serverOver(url, { REGISTRATION: 'closed' });
    expect(await client.POST('/register', { body: { username: 'ada', password } })).toMatchObject({
      problem: { type: '/problems/registration-closed' },
    });
    const login = await client.POST('/login', { body: { username: 'admin', password } });
    expect(login).toMatchObject({ ok: true, data: { username: 'admin', displayName: null, email: null } });
  });

  it('a name that was left stays taken until the command of docs/command-line.md frees it', async () => {
    const url = await newDatabase();
    const { home, client } = await serverOver(url);
    expect(run(url, ['add', 'ada']).status).toBe(0);
    const login = await fetch(`${home}/login`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: 'ada', password }),
    });
    const cookie = login.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
    expect(await client.DELETE('/me', { body: { password }, headers: { cookie } })).toMatchObject({
      ok: true,
    });

    const registration = { body: { username: 'ada', password } };
    const taken = { ok: false, problem: { type: '/problems/username-taken' } };
    expect(await client.POST('/register', registration)).toMatchObject(taken);
    const refused = run(url, ['add', 'ada']);
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^"ada" was the name of .* run: npx -y pnpm coatcheck free ada$/m);

    const [command] = commandsOf('docs/command-line.md').filter(({ text }) =>
      text.includes('coatcheck free'),
    );
    const freed = run(url, command?.text.trim().split(' ').slice(4) ?? [], '');
    expect(freed.status).toBe(0);
    expect(freed.stdout).toMatch(/^ada can be registered again\./);
    expect(freed.stderr).toMatch(/^Database: .*\. Address: https:\/\/example\.com\/auth\.\n$/);
    expect(await client.POST('/register', registration)).toMatchObject({ ok: true });
    expect(run(url, ['free', 'ada'], '')).toMatchObject({ status: 1, stdout: '' });
  });
});

describe('given what cannot be', () => {
  it.each([
    [['add', 'ada'], `${password}\n`, /^There is an account named "ada" already\.$/m],
    [['add', 'a b'], '', /^"a b" is no username\. Take 3 to 32 of/],
    [['add', 'ab'], '', /^"ab" is no username\./],
    [['add', '.ada'], '', /^"\.ada" is no username\./],
    [['add', 'x'.repeat(33)], '', /is no username\./],
    [['add', 'bea'], 'short\n', /^Password must have 15 to 256 characters\. This one has 5\.$/m],
    [['add', 'bea'], 'passwordpassword\n', /^Choose a password that is harder to guess\./m],
    [['add', 'bea-of-the-house'], 'bea of the house\n', /^Password must not be your username/m],
    [['add', 'bea'], '', /^No password was given/m],
    [['add'], '', /^Usage: /],
    [['add', 'bea', 'cleo'], '', /^Usage: /],
    [['free', 'nobody'], '', /^No account named "nobody" was deleted\.$/m],
    [['free', 'ada'], '', /^No account named "ada" was deleted\.$/m],
    [['free'], '', /^Usage: /],
  ])('%j given %j changes nothing and says why', (args, input, why) => {
    const url = newFile();
    expect(run(url, ['add', 'ada']).status).toBe(0);
    const refused = run(url, args, input);
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toMatch(why);
    expect(run(url, ['add', 'ada']).stderr).toMatch(/^There is an account named "ada" already\.$/m);
  });

  it('coatcheck free makes no database', () => {
    const refused = run(newFile(), ['free', 'ada'], '');
    expect(refused).toMatchObject({ status: 1, stdout: '' });
    expect(refused.stderr).toMatch(/^There is no database at .*coatcheck\.db\.$/m);
  });
});
