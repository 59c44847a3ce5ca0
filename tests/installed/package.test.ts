import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { createClient } from '@coatcheck/api-types';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { startServer } from '../server.ts';
import { appsFiles, type Installed } from './setup.ts';

const repository = resolve(import.meta.dirname, '../..');
const manifestOf = (folder: string) =>
  JSON.parse(readFileSync(join(repository, folder, 'package.json'), 'utf8'));
const { folder, program, home, nodes } = inject('installed') as Installed;
/** The environment of a person who has set nothing. */
const env = { PATH: process.env.PATH ?? '', HOME: home };
const password = 'umbrella left by the door';
const versions = ['22', '24', '26'].map((major) => ({ major, node: nodes[major] ?? '' }));
const missing = versions.some(({ node }) => node === '') ? ' (skipped: npm has these for Linux on x64)' : '';

describe('the package that npm installed', () => {
  it('brings neither a test tool nor a browser nor a PostgreSQL server, and runs no script of a package', () => {
    const packages = globSync('node_modules/{*,@*/*}/package.json', { cwd: folder });
    const manifests = packages.map((path) => JSON.parse(readFileSync(join(folder, path), 'utf8')));
    const names = manifests.map(({ name }) => name);
    expect(names).toContain('coatcheck');
    expect(
      names.filter((name) => /vitest|playwright|chromium|embedded|typescript|^vite$|react/.test(name)),
    ).toEqual([]);
    const scripts = manifests.flatMap(({ name, scripts = {} }) =>
      ['preinstall', 'install', 'postinstall']
        .filter((script) => scripts[script])
        .map((script) => `${name} ${script}`),
    );
    expect(scripts).toEqual([]);
  });

  it('needs what the server needs, at the same versions, and argon2 comes inside', () => {
    const { version, dependencies } = manifestOf('packages/coatcheck');
    const { '@coatcheck/api-types': _types, argon2: _argon2, ...own } = manifestOf('apps/api').dependencies;
    expect(version).toBe(manifestOf('.').version);
    const { '@phc/format': format, 'node-gyp-build': build, ...others } = dependencies;
    expect(others).toEqual(own);
    const argon2 = manifestOf('apps/api/node_modules/argon2').dependencies;
    expect([argon2['@phc/format'], argon2['node-gyp-build']]).toEqual([`^${format}`, `^${build}`]);
  });

  it.each(['20.20.2', '22.20.1'])('says on Node %s which one it needs, in one line', (version) => {
    const disguise = `Object.defineProperty(process.versions, 'node', { value: '${version}' })`;
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', `data:text/javascript,${encodeURIComponent(disguise)}`, program],
      { env, encoding: 'utf8' },
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Coatcheck needs Node 22\.21 or newer, and this is Node [\d.]+\. [^\n]+\n$/);
  });

  it.each([
    ['--help', /^Usage: npx coatcheck \[COMMAND\]\n\nserve /],
    ['--version', /^\d+\.\d+\.\d+\n$/],
  ])('answers %s and ends well', (option, answer) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, option], {
      env,
      cwd: folder,
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(answer);
  });

  describe.skipIf(missing !== '')(`in the folder of an app${missing}`, () => {
    it.each(versions)('works with Node $major and leaves alone what is the app’s', async ({ node }) => {
      onTestFinished(() => rmSync(join(folder, 'coatcheck'), { recursive: true, force: true }));
      writeFileSync(join(folder, 'coatcheck.env'), 'HOUSE_NAME=Harbour Wiki\n');
      const server = await startServer({ node, program, folder, env: { ...env, PORT: '0' }, isBare: true });
      const client = createClient({ baseUrl: server.url });
      const registered = await client.POST('/register', { body: { username: 'ada', password } });
      const cookie = registered.response.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
      expect(await client.GET('/me', { headers: { cookie } })).toMatchObject({ data: { username: 'ada' } });
      expect(await client.GET('/session')).toMatchObject({ data: { house: { name: 'Harbour Wiki' } } });
      for (const path of ['/login', '/docs', '/problems/not-found', '/house/none']) {
        const page = await fetch(server.url + path, { headers: { accept: 'text/html' } });
        expect([page.status, page.headers.get('content-type')]).toEqual([
          path === '/house/none' ? 404 : 200,
          'text/html; charset=utf-8',
        ]);
      }
      const why = await fetch(`${server.url}/why`, { headers: { accept: 'text/html' } });
      expect(await why.text()).toContain('<meta name="command" content="npx coatcheck" />');
      // What was left is overwritten in a thread of its own, whose code is a file of its own.
      const left = await client.DELETE('/me', { headers: { cookie }, body: { password } });
      expect(left.ok).toBe(true);
      await server.stop();
      expect(server.log()).not.toContain('"level":50');
      const own = join(folder, 'coatcheck');
      expect(statSync(own).mode & 0o777).toBe(0o700);
      expect(readdirSync(own).toSorted()).toEqual(['.gitignore', 'coatcheck.db']);
      expect(readFileSync(join(own, '.gitignore'), 'utf8')).toBe('*\n');
      expect(server.log()).toContain(
        `Database: sqlite:${join(own, 'coatcheck.db')}. Address: ${server.url}.\n`,
      );
      for (const [path, content] of Object.entries(appsFiles))
        expect(readFileSync(join(folder, path), 'utf8')).toBe(content);
      expect(readdirSync(join(folder, 'data'))).toEqual(['coatcheck.db']);
      expect(existsSync(join(folder, 'coatcheck.db'))).toBe(false);
    });

    it.each(versions)('stands in front of the app with Node $major, by one option', async ({ node }) => {
      onTestFinished(() => rmSync(join(folder, 'coatcheck'), { recursive: true, force: true }));
      const app = createServer(({ headers }, response) => {
        response.end(`Hello ${headers['remote-user']}`);
      });
      app.on('upgrade', ({ headers }, socket) => {
        socket.end(
          `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n${headers['remote-user']}`,
        );
      });
      app.listen(0, 'localhost');
      await once(app, 'listening');
      onTestFinished(() => void app.close());
      const { port } = app.address() as AddressInfo;
      const server = await startServer({
        ...{ node, program, folder, isBare: true },
        args: ['--in-front-of', `http://localhost:${port}`],
        env: { ...env, PORT: '0' },
      });
      onTestFinished(() => server.stop());
      const page = { accept: 'text/html', 'sec-fetch-dest': 'document' };
      const sent = await fetch(server.home, { headers: page, redirect: 'manual' });
      expect([sent.status, sent.headers.get('location')]).toEqual([303, '/auth/login?next=%2F']);
      const client = createClient({ baseUrl: server.url });
      const registered = await client.POST('/register', { body: { username: 'ada', password } });
      const cookie = registered.response.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
      expect(await (await fetch(server.home, { headers: { cookie } })).text()).toBe('Hello ada');
      const handshake = request(server.home, {
        headers: { cookie, connection: 'upgrade', upgrade: 'websocket' },
      });
      handshake.end();
      const [, socket, head] = await once(handshake, 'upgrade');
      expect(String(head) || String((await once(socket, 'data'))[0])).toBe('ada');
      socket.destroy();
      // Another protocol is not taken up, and its body is read.
      const other = request(server.home, {
        method: 'POST',
        headers: { cookie, connection: 'upgrade', upgrade: 'h2c', 'content-length': 4 },
      });
      other.end('body');
      const [answer] = await once(other, 'response');
      expect(answer.statusCode).toBe(200);
      answer.resume();
    });
  });
});
