// Builds the SPA when what it is made of has changed since the last build, so that every start can ask for it.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const repository = resolve(import.meta.dirname, '../..');
const sources = [
  'apps/web/**',
  'apps/web/.env*',
  'packages/api-types/src/**',
  'package.json',
  'pnpm-lock.yaml',
  'tsconfig.base.json',
];
const made = ['apps/web/dist', 'apps/web/node_modules'];
// It lies in what it vouches for: no dist, no stamp. The server keeps dotfiles to itself.
const stamp = join(import.meta.dirname, 'dist/.made-of');

/** A hash of every source, by path and content, and of the environment that Vite builds in. */
function fingerprint(): string {
  const hash = createHash('sha256');
  const files = globSync(sources, {
    cwd: repository,
    withFileTypes: true,
    exclude: (entry) => made.some((path) => join(entry.parentPath, entry.name) === join(repository, path)),
  });
  const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
  for (const path of paths.sort()) hash.update(`${path}\0`).update(readFileSync(path)).update('\0');
  const settings = Object.entries(process.env).filter(([name]) => name.startsWith('VITE_'));
  return hash.update(JSON.stringify(settings.sort())).digest('hex');
}

function lastFingerprint(): string | undefined {
  try {
    return readFileSync(stamp, 'utf8');
  } catch {
    return undefined;
  }
}

/** Builds if need be. Returns whether it was. */
export function buildChanged(): boolean {
  const now = fingerprint();
  if (now === lastFingerprint()) return false;
  const vite = join(createRequire(import.meta.url).resolve('vite/package.json'), '../bin/vite.js');
  execFileSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: import.meta.dirname,
    stdio: 'inherit',
    // Whatever this process is for, people get React without its development half.
    env: { ...process.env, NODE_ENV: 'production' },
  });
  writeFileSync(stamp, now);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) buildChanged();
