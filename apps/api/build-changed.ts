// Bundles the server when what it is made of has changed since the last build, so that every start can ask for it.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  bundleFolder,
  freshProgram,
  hashOf,
  type Manifest,
  manifestName,
  readManifest,
  readSource,
  repository,
} from './bundle.js';

/** Programs of their own: the server, and a worker that it starts. */
const programs = {
  server: join(import.meta.dirname, 'src/server.ts'),
  'sqlite-scrub': join(import.meta.dirname, 'src/store/engines/sqlite-scrub.ts'),
};
/** Packages that load native code from their own folders, or are not there. */
const stayOutside = [/^argon2$/, /^better-sqlite3$/, /^pg-native$/];
/** What decides, besides the modules, what the bundle holds. The lockfile says what the packages are. */
const rules = [
  'apps/api/build-changed.ts',
  'apps/api/package.json',
  'packages/api-types/package.json',
  'pnpm-lock.yaml',
];
/** Milliseconds for which parts of a bundle stay after another has replaced it. Its processes load some of them late. */
const keptMs = 24 * 60 * 60 * 1000;

/** Bundles the server if need be. @returns whether that was so. */
export async function bundleChanged(): Promise<boolean> {
  if (freshProgram() !== undefined) return false;
  // As the bundler read them: somebody may edit a file before it is done.
  const contents = new Map<string, string | Buffer>(rules.map((path) => [path, readSource(path)]));
  // Most starts find nothing to do.
  const { rolldown } = await import('rolldown');
  const bundle = await rolldown({
    input: programs,
    platform: 'node',
    external: stayOutside,
    transform: { target: 'esnext' },
    plugins: [
      {
        name: 'remember-sources',
        // What bundles are made of does not show in them: nothing is left of a module that only hands on other exports.
        transform(code, id) {
          const path = relative(repository, id);
          const isOwn = !/\0|^\.\.|(^|\/)node_modules\//.test(path);
          if (isOwn) contents.set(path, code);
        },
      },
    ],
  });
  const { output } = await bundle.generate({
    format: 'esm',
    comments: { legal: false },
    // The worker is started by its name.
    entryFileNames: ({ name }) => (name === 'server' ? '[name]-[hash].js' : '[name].js'),
  });
  await bundle.close();

  const chunks = output.filter((part) => part.type === 'chunk');
  const sources = [...contents.keys()].sort();
  const manifest: Manifest = {
    sources,
    hash: hashOf(sources, (path) => contents.get(path) ?? ''),
    files: chunks.map(({ fileName }) => fileName),
    program: chunks.find(({ isEntry, name }) => isEntry && name === 'server')?.fileName ?? '',
  };
  const code = chunks.map(({ fileName, code }): [string, string] => [fileName, code]);
  // The manifest comes last: what it names is there.
  replaceBundle([...code, [manifestName, JSON.stringify(manifest)]]);
  return true;
}

/** Puts files into the folder one by one, each whole at once: servers and other builds may read there meanwhile. */
function replaceBundle(files: [name: string, content: string][]) {
  mkdirSync(bundleFolder, { recursive: true });
  const now = Date.now();
  // What the last build wrote has been in use until now.
  for (const file of readManifest()?.files ?? [])
    if (ageOf(file, now) !== undefined) utimesSync(join(bundleFolder, file), now / 1000, now / 1000);

  const unfinished = mkdtempSync(join(bundleFolder, 'unfinished-'));
  try {
    for (const [name, content] of files) {
      writeFileSync(join(unfinished, name), content);
      renameSync(join(unfinished, name), join(bundleFolder, name));
    }
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }

  for (const name of readdirSync(bundleFolder))
    if ((ageOf(name, now) ?? 0) > keptMs) rmSync(join(bundleFolder, name), { recursive: true, force: true });
}

/** @returns the milliseconds since a file in the folder was last written; undefined when there is none. */
function ageOf(name: string, now: number): number | undefined {
  const file = statSync(join(bundleFolder, name), { throwIfNoEntry: false });
  return file && now - file.mtimeMs;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await bundleChanged();
