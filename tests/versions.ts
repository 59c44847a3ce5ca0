import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { vi } from 'vitest';

const repository = resolve(import.meta.dirname, '..');
const web = join(repository, 'apps/web');

/** A copy of the server's code with a page of its own, as another release is installed in another folder. */
export interface Version {
  /** Its server's program. */
  program: string;
  /** Builds the page in its folder anew. @param mark what makes it another page than other builds */
  build(mark: string): Promise<void>;
}

/** Installs a version for the tests of one file. */
export async function installVersion(mark: string): Promise<Version> {
  const folder = mkdtempSync(join(tmpdir(), 'coatcheck-version-'));
  process.once('exit', () => rmSync(folder, { recursive: true }));
  const outside = (path: string) => !path.includes('node_modules');
  cpSync(join(repository, 'apps/api'), join(folder, 'apps/api'), { recursive: true, filter: outside });
  cpSync(join(repository, 'package.json'), join(folder, 'package.json'));
  for (const modules of ['node_modules', 'apps/api/node_modules']) {
    symlinkSync(join(repository, modules), join(folder, modules));
  }
  const version = {
    program: join(folder, 'apps/api/server.js'),
    async build(mark: string) {
      const dist = join(folder, 'apps/web/dist');
      const page = await pageMarked(mark);
      rmSync(dist, { recursive: true, force: true });
      cpSync(page, dist, { recursive: true });
    },
  };
  await version.build(mark);
  return version;
}

const built = new Map<string, Promise<string>>();

/** A page with a mark in every part of it, so that each part has another name. It is built once. @returns its folder */
function pageMarked(mark: string): Promise<string> {
  const before = built.get(mark);
  if (before) return before;
  const outDir = mkdtempSync(join(tmpdir(), `coatcheck-page-${mark}-`));
  process.once('exit', () => rmSync(outDir, { recursive: true }));
  const page = buildPage(outDir, mark).then(() => outDir);
  built.set(mark, page);
  return page;
}

async function buildPage(outDir: string, mark: string) {
  const { build } = await import(createRequire(join(web, 'package.json')).resolve('vite'));
  // People get React without its development half.
  vi.stubEnv('NODE_ENV', 'production');
  await build({
    root: web,
    configFile: join(web, 'vite.config.ts'),
    // Not the mode in which files are compressed for their way to people.
    mode: 'marked',
    logLevel: 'error',
    plugins: [
      {
        name: 'mark',
        transform: (code: string, id: string) =>
          /src\/(main|account\/Account|conversation\/Conversation)\.tsx$|i18n\/de\/page\.ts$/.test(id)
            ? `${code}\n;(globalThis.parts ??= []).push(${JSON.stringify(mark)});`
            : undefined,
      },
    ],
    build: { outDir, emptyOutDir: true },
  }).finally(vi.unstubAllEnvs);
}
