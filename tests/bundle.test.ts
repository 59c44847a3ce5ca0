import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startServer } from './server.ts';

const repository = resolve(import.meta.dirname, '..');

/** Starts a server and stops it. @returns the URLs of the modules that were loaded. */
async function modulesOf(program: string): Promise<string[]> {
  const reporter = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({
      load(url, context, next) {
        loaded.push(url);
        return next(url, context);
      },
    });
    process.on('exit', () => process.stdout.write('loaded ' + loaded.join(' ')));`;
  const server = await startServer({
    program,
    env: { NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(reporter)}"` },
  });
  await server.stop();
  return /loaded (.*)/.exec(server.log())?.[1]?.split(' ') ?? [];
}

/** The parts of the repository that the server is run from. @returns their folder. */
function copyOfServer(): string {
  const copy = mkdtempSync(join(tmpdir(), 'coatcheck-bundle-'));
  onTestFinished(() => rmSync(copy, { recursive: true }));
  mkdirSync(join(copy, 'apps/api'), { recursive: true });
  const parts = ['server.js', 'bundle.js', 'dist', 'src', 'package.json'].map((name) => `apps/api/${name}`);
  for (const part of ['package.json', 'pnpm-lock.yaml', 'packages/api-types/src', ...parts])
    cpSync(join(repository, part), join(copy, part), { recursive: true });
  symlinkSync(join(repository, 'apps/api/node_modules'), join(copy, 'apps/api/node_modules'));
  return copy;
}

describe('the program of the server', () => {
  it('starts the bundle, and the sources as soon as one of them differs from what the bundle was made of', async () => {
    const copy = copyOfServer();
    const program = join(copy, 'apps/api/server.js');
    const bundled = await modulesOf(program);
    expect(bundled).toContainEqual(expect.stringMatching(/\/apps\/api\/dist\/server-[^/]+\.js$/));
    expect(bundled.filter((url) => url.includes('/src/'))).toEqual([]);

    appendFileSync(join(copy, 'apps/api/src/clock.ts'), '\n// changed\n');
    const changed = await modulesOf(program);
    expect(changed).toContainEqual(expect.stringMatching(/\/apps\/api\/src\/server\.ts$/));
    expect(changed.filter((url) => url.includes('/apps/api/dist/'))).toEqual([]);
  });

  it('loads no package that only types, another database or an app need', async () => {
    // In the bundle, packages cannot be told apart.
    const urls = await modulesOf(join(repository, 'apps/api/src/server.ts'));
    const packages = new Set(urls.map((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1]));
    expect(packages).toContain('fastify');
    // TypeBox makes types, and a document that is asked for later. An import of it loads 370 modules.
    for (const name of ['typebox', 'pg', '@simplewebauthn/server']) expect(packages).not.toContain(name);
    expect(urls.filter((url) => url.includes('/src/gate/'))).toEqual([]);
  });
});
