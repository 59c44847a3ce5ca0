import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
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
  const parts = ['server.js', 'bundle.js', 'build-changed.ts', 'dist', 'src', 'package.json'].map(
    (name) => `apps/api/${name}`,
  );
  for (const part of [
    'package.json',
    'pnpm-lock.yaml',
    'packages/api-types/package.json',
    'packages/api-types/src',
    ...parts,
  ])
    cpSync(join(repository, part), join(copy, part), { recursive: true });
  symlinkSync(join(repository, 'apps/api/node_modules'), join(copy, 'apps/api/node_modules'));
  return copy;
}

/** @returns the program of the bundle in a copy, if it is one of its sources as they are now. */
async function freshProgramIn(copy: string): Promise<string | undefined> {
  const { freshProgram } = await import(pathToFileURL(join(copy, 'apps/api/bundle.js')).href);
  return freshProgram();
}

/** Bundles the server of a copy. @param meanwhile is done while the bundler is at work */
async function build(copy: string, meanwhile?: () => void) {
  const program = join(copy, 'apps/api/build-changed.ts');
  const builder = spawn(process.execPath, [program], { stdio: 'inherit' });
  const ended = once(builder, 'exit');
  if (meanwhile) {
    await setTimeout(600);
    meanwhile();
  }
  expect(await ended).toEqual([0, null]);
}

describe('the bundle', () => {
  it.each([
    'packages/api-types/src/index.ts',
    'apps/api/src/commands/usage-error.ts',
    'apps/api/build-changed.ts',
    'pnpm-lock.yaml',
  ])('is not used once %s has changed, although nothing of it is in there', async (file) => {
    const copy = copyOfServer();
    expect(await freshProgramIn(copy)).toMatch(/\/server-[^/]+\.js$/);
    appendFileSync(join(copy, file), '\n');
    expect(await freshProgramIn(copy)).toBeUndefined();
  });

  it('is not used when it is not whole', async () => {
    const copy = copyOfServer();
    const manifest = join(copy, 'apps/api/dist/made-of.json');
    const written = readFileSync(manifest, 'utf8');
    for (const text of ['{}', 'null', written.slice(0, 400)]) {
      writeFileSync(manifest, text);
      expect(await freshProgramIn(copy), text).toBeUndefined();
    }
    writeFileSync(manifest, written);
    rmSync(join(copy, 'apps/api/dist/sqlite-scrub.js'));
    expect(await freshProgramIn(copy)).toBeUndefined();
    await build(copy);
    expect(await freshProgramIn(copy)).toBeDefined();
  });

  it('holds what its sources held when they were read, and leaves earlier ones to processes that run', async () => {
    const copy = copyOfServer();
    const source = join(copy, 'apps/api/src/clock.ts');
    const edit = (mark: string) => appendFileSync(source, `\nprocess.title = '${mark}';\n`);
    const first = (await freshProgramIn(copy)) ?? '';
    edit('edited-before');
    await build(copy, () => edit('edited-meanwhile'));
    const second = await freshProgramIn(copy);
    if (second !== undefined) expect(readFileSync(second, 'utf8')).toContain('edited-meanwhile');

    await Promise.all([build(copy), build(copy)]);
    const third = (await freshProgramIn(copy)) ?? '';
    expect(readFileSync(third, 'utf8')).toContain('edited-meanwhile');
    edit('edited-after');
    await build(copy);
    expect(existsSync(first)).toBe(true);
    expect(existsSync(third)).toBe(true);
  });
});

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
