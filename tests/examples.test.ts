import { exec, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../apps/api/test/free-port.ts';
import { password } from './browser/person.ts';
import { read, repository } from './markdown.ts';
import { bareEnv, startServer } from './server.ts';

/** The rows of the table in examples/README.md: each folder, and the commands that start its app. */
const examples = [...read('examples/README.md').matchAll(/^\| \[([\w-]+)\].*`([^`]+)` *\|$/gm)].map(
  ([, folder = '', commands = '']) => ({ folder, commands: commands.split(' && ') }),
);

/** The copies of the examples, each in a folder of its name. */
const copies = mkdtempSync(join(tmpdir(), 'coatcheck-examples-'));
const ownEnv = { ...bareEnv, PATH: [dirname(process.execPath), bareEnv.PATH].join(delimiter) };

beforeAll(async () => {
  cpSync(join(repository, 'examples'), copies, { recursive: true });
  const installations = examples.flatMap(({ folder, commands }) =>
    commands
      .slice(0, -1)
      // Python's packages are taken as they are installed here: the suite asks the npm registry alone.
      .filter((command) => !command.startsWith('pip '))
      // npm needs what this machine says about certificates and proxies.
      .map((command) =>
        promisify(exec)(command, { cwd: join(copies, folder), env: { ...process.env, ...ownEnv } }),
      ),
  );
  await Promise.all(installations);
});
afterAll(() => rmSync(copies, { recursive: true }));

const hasFlask = spawnSync('python3', ['-c', 'import flask']).status === 0;
const whyNot = (folder: string) =>
  folder === 'flask' && !hasFlask ? ' (python3 with Flask is not installed here)' : '';

it('has a row for each example', () => {
  expect(examples.map(({ folder }) => folder)).toEqual([
    'node',
    'express',
    'fastify',
    'hono',
    'flask',
    'own-backend',
  ]);
});

for (const example of examples.filter(({ folder }) => folder !== 'own-backend')) {
  const why = whyNot(example.folder);
  it.skipIf(why)(`examples/${example.folder} greets whom Coatcheck names${why}`, async () => {
    const app = await start(example);

    expect(await load(app)).toMatchObject({
      type: 'text/html; charset=utf-8',
      text: expect.stringContaining('<a href="/auth/login?next=/">Log in</a>'),
    });
    const named = { 'remote-user': 'bea', 'remote-user-id': 'id-of-bea' };
    expect((await load(app, named)).text).toMatch(/\bbea\b.*<a href="\/auth\/goodbye">Log out<\/a>/);
    await expectPrivate(app);

    // What reaches it from people, through Coatcheck as README.md, examples/README.md and docs/protect-an-app.md start it.
    const server = await startServer({ env: { IN_FRONT_OF: app } });
    onTestFinished(() => server.stop());
    const gate = new URL(server.url).origin;
    expect((await load(gate, named)).status).toBe(401);
    const cookie = await register(`${gate}/auth`);
    expect((await load(gate, { ...named, cookie })).text).toMatch(/\bada\b/);
    await fetch(`${gate}/auth/logout`, { method: 'POST', headers: { cookie } });
    expect((await load(gate, { cookie })).status).toBe(401);
  });
}

it('examples/own-backend asks Coatcheck who sent a request', async () => {
  const [example] = examples.filter(({ folder }) => folder === 'own-backend');
  if (!example) throw new Error('The example has no row.');
  const port = await freePort();
  const here = `http://localhost:${port}`;
  const server = await startServer({ env: { ALLOWED_ORIGINS: here } });
  let isRunning = true;
  onTestFinished(async () => void (isRunning && (await server.stop())));
  await start(example, port, { COATCHECK: server.url, HERE: here });
  await expectPrivate(here);

  const forged = { 'remote-user': 'ada' };
  const login = `${server.url}/login?next=${encodeURIComponent(here)}`;
  expect((await load(here, forged)).text).toBe(`Hello stranger. <a href="${login}">Log in</a>`);
  const cookie = await register(server.url);
  expect((await load(here, { cookie })).text).toContain('Hello ada');
  await fetch(`${server.url}/logout`, { method: 'POST', headers: { cookie } });
  expect((await load(here, { cookie })).text).toContain('Hello stranger');

  await server.stop();
  isRunning = false;
  expect((await load(here, { cookie })).status).toBe(503);
});

/** Starts the app of an example in a copy of its folder, until the test is over. @returns its origin */
async function start(
  { folder, commands }: (typeof examples)[number],
  port?: number,
  settings: Record<string, string> = {},
): Promise<string> {
  const own = port ?? (await freePort());
  const [program = '', ...args] = commands.at(-1)?.split(' ') ?? [];
  const app = spawn(program, args, {
    cwd: join(copies, folder),
    env: { ...ownEnv, PORT: String(own), ...settings },
    stdio: 'ignore',
  });
  onTestFinished(async () => {
    app.kill();
    if (app.exitCode === null && app.signalCode === null) await once(app, 'exit');
  });
  const origin = `http://localhost:${own}`;
  await expect.poll(() => load(origin).catch(() => undefined)).toMatchObject({ status: 200 });
  return origin;
}

async function load(origin: string, headers: Record<string, string> = {}) {
  const answer = await fetch(origin, { headers });
  return {
    status: answer.status,
    type: answer.headers.get('content-type')?.toLowerCase(),
    text: await answer.text(),
  };
}

/** Expects that other machines do not reach an app, as far as this machine has an address that they would take. */
async function expectPrivate(origin: string): Promise<void> {
  const outside = Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  for (const { address } of outside)
    await expect(fetch(`http://${address}:${new URL(origin).port}`)).rejects.toThrow();
}

/** @returns the cookie of a new account. @param coatcheck its URL, with its path */
async function register(coatcheck: string): Promise<string> {
  const made = await fetch(`${coatcheck}/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'ada', password }),
  });
  return made.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
}
