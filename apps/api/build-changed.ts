// Bundles the server when what it is made of has changed since the last build, so that every start can ask for it.
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleFolder, freshProgram, hashOf, manifestFile, readManifest } from './bundle.js';

const repository = resolve(import.meta.dirname, '../..');
/** Programs of their own: the server, and a worker that it starts. */
const programs = {
  server: join(import.meta.dirname, 'src/server.ts'),
  'sqlite-scrub': join(import.meta.dirname, 'src/store/engines/sqlite-scrub.ts'),
};
/** Packages that load native code from their own folders, or are not there. */
const stayOutside = [/^argon2$/, /^better-sqlite3$/, /^pg-native$/];

/** Bundles the server if need be. @returns whether that was so. */
export async function bundleChanged(): Promise<boolean> {
  if (freshProgram() !== undefined) return false;
  // Most starts find nothing to do.
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: programs,
    platform: 'node',
    external: stayOutside,
    transform: { target: 'esnext' },
  });
  const { output } = await bundle.write({
    dir: bundleFolder,
    format: 'esm',
    comments: { legal: false },
    // The worker is started by its name.
    entryFileNames: ({ name }) => (name === 'server' ? '[name]-[hash].js' : '[name].js'),
  });
  await bundle.close();

  const chunks = output.filter((part) => part.type === 'chunk');
  const modules = chunks.flatMap(({ moduleIds }) => moduleIds);
  const own = modules.filter((path) => path.startsWith(repository) && !path.includes('/node_modules/'));
  // The lockfile says what the packages are.
  const sources = [...own.map((path) => relative(repository, path)), 'pnpm-lock.yaml'].sort();
  const files = chunks.map(({ fileName }) => fileName);
  const program = chunks.find(({ isEntry, name }) => isEntry && name === 'server')?.fileName ?? '';
  // Processes that run may still load parts of the last bundle.
  const inUse = new Set([...files, ...(readManifest()?.files ?? [])]);
  writeFileSync(manifestFile, JSON.stringify({ sources, hash: hashOf(sources), files, program }));
  for (const file of readdirSync(bundleFolder)) {
    if (file.endsWith('.js') && !inUse.has(file)) rmSync(join(bundleFolder, file));
  }
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleChanged();
