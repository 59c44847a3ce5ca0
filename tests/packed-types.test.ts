import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { refusals } from '@coatcheck/api-types/schemas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from './server.ts';

const repository = resolve(import.meta.dirname, '..');
const types = join(repository, 'packages/api-types');
const bin = (name: string, from = repository) => join(from, 'node_modules/.bin', name);

/** Runs a program to its end; what it printed, or an error that shows it. */
function run(program: string, args: string[], cwd: string): string {
  try {
    return execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${program} ${args.join(' ')}\n${stdout}${stderr}`);
  }
}

/** The code of every `@example` in a file of declarations. */
function examplesOf(path: string): string[] {
  const comments = readFileSync(path, 'utf8').matchAll(/\/\*\*.*?\*\//gs);
  return [...comments].flatMap(([comment]) => {
    const text = comment.replaceAll(/^ *(?:\/\*\*|\*\/|\* ?)/gm, '');
    return text.split('@example\n').slice(1);
  });
}

/** An example as a module; where it does not make its client itself, one is put before it. */
const asModule = (example: string) =>
  example.includes('createClient(')
    ? example
    : `import { createClient } from '@coatcheck/api-types';\nconst coatcheck = createClient({ baseUrl: '' });\n${example}`;

describe('the types package, packed and installed into an empty project', () => {
  let server: RunningServer;
  let folder: string;
  let tarball: string;
  let project: string;

  beforeAll(async () => {
    server = await startServer();
    folder = mkdtempSync(join(tmpdir(), 'coatcheck-types-'));
    project = join(folder, 'project');
    // The pnpm that runs this suite, where one does.
    const pnpm = process.env.npm_execpath ?? 'pnpm';
    // As docs/use-from-your-app.md and packages/api-types/README.md say, but into another folder.
    run(pnpm, ['pack', '--pack-destination', folder], types);
    tarball = join(folder, readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '');
    cpSync(join(import.meta.dirname, 'packed-types'), project, { recursive: true });
    const whoIs = readFileSync(join(project, 'who-is.ts'), 'utf8');
    writeFileSync(join(project, 'who-is.ts'), whoIs.replace('http://localhost:3000', server.url));
    const dependencies = { '@coatcheck/api-types': `file:${tarball}` };
    writeFileSync(
      join(project, 'package.json'),
      JSON.stringify({ private: true, type: 'module', dependencies }),
    );
    // Its own workspace root, so that no settings of a folder above apply.
    writeFileSync(join(project, 'pnpm-workspace.yaml'), '');
    run(pnpm, ['install'], project);
  });

  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await server.stop();
  });

  it('brings what it needs and nothing of this repository', () => {
    const installed = join(project, 'node_modules/@coatcheck/api-types');
    expect(
      readdirSync(installed)
        .filter((name) => name !== 'node_modules')
        .toSorted(),
    ).toEqual(['LICENSE', 'README.md', 'dist', 'package.json']);
    const { exports, dependencies } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect(Object.keys(exports)).toEqual(['.', './schemas', './package.json']);
    expect(Object.keys(dependencies)).toEqual(['typebox']);
  });

  it('shows an example of the client, of each of its methods and of each call', () => {
    const shown = (name: string) =>
      examplesOf(join(project, `node_modules/@coatcheck/api-types/dist/${name}.d.ts`));
    expect(shown('client').filter((example) => example.includes('createClient('))).toHaveLength(1);
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
      expect(
        shown('methods').filter((example) => example.includes(`.${method}(`)),
        method,
      ).toHaveLength(1);
    // The last call of an example is the one that it is about.
    const called = shown('calls').map((example) =>
      [...example.matchAll(/\.([A-Z]+)\('([^']+)'/g)].at(-1)?.slice(1).join(' '),
    );
    expect(called.toSorted()).toEqual(Object.keys(refusals).toSorted());
  });

  it.each([
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])(
    'type-checks a strict program and every example with module %s and resolution %s',
    (module, moduleResolution) => {
      // What the program itself uses of Node; the package asks for fetch's types only.
      writeFileSync(join(project, 'node.d.ts'), 'declare const process: { argv: string[] };');
      const examples = ['calls', 'client', 'methods'].flatMap((name) =>
        examplesOf(join(project, `node_modules/@coatcheck/api-types/dist/${name}.d.ts`)),
      );
      for (const [index, example] of examples.entries()) {
        writeFileSync(join(project, `example-${index}.ts`), asModule(example));
      }
      const compilerOptions = {
        module,
        moduleResolution,
        target: 'es2024',
        lib: ['es2024', 'dom', 'dom.iterable'],
        types: [],
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        allowImportingTsExtensions: true,
        noEmit: true,
      };
      writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
      run(bin('tsc'), ['-p', project], project);
    },
  );

  it('runs against a server, the example of the README included', () => {
    expect(JSON.parse(run(process.execPath, ['program.ts', server.url], project))).toEqual({
      registered: 'ada',
      again: 'username-taken',
      rules: ['too-short'],
      known: 'ada',
      session: true,
      loggedOut: true,
      unknown: null,
      reason: 'logged-out',
      login: 'invalid-credentials',
      health: 'ok',
      elsewhere: 'not-found',
      required: {
        user: ['id', 'username', 'displayName', 'email', 'createdAt'],
        registration: ['username', 'password'],
      },
    });
  });

  it('reaches a bundle without TypeBox when only the client is imported', async () => {
    const { build } = await import(join(repository, 'apps/web/node_modules/vite/dist/node/index.js'));
    const built = await build({
      root: project,
      logLevel: 'silent',
      configFile: false,
      build: { write: false, minify: false, lib: { entry: join(project, 'who-is.ts'), formats: ['es'] } },
    });
    const [{ output }] = built;
    const code = output
      .map((chunk: { code?: string }) => chunk.code ?? '')
      .join('')
      // The bundler names each file in a line of its own, whose length depends on the folder and the port.
      .replaceAll(/^\/\/.*\n|http:\/\/localhost:\d+/gm, '');
    expect(code).toContain('createClient');
    expect(code).not.toMatch(/typebox|additionalProperties/i);
    expect(code.length).toBeLessThan(4_000);
  });

  it('is clean under publint and are-the-types-wrong', () => {
    expect(run(bin('publint', types), ['run', tarball, '--strict'], folder)).toContain('All good!');
    run(bin('attw', types), [tarball, '--profile', 'esm-only'], folder);
  });
});
