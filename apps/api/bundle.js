// The bundle: the server and the packages that it loads, in a few files. It starts in half the time of its hundreds of
// modules. The sources are what counts: a bundle that was made of others is not used, so editing a file is enough to run it.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The folder of the whole project. */
export const repository = resolve(import.meta.dirname, '../..');
/** The folder that `build-changed.ts` writes. */
export const bundleFolder = join(import.meta.dirname, 'dist');
/** The name of the file in there that says what the bundle was made of. */
export const manifestName = 'made-of.json';

/**
 * @typedef {object} Manifest What a bundle was made of.
 * @property {string[]} sources The files, by their paths in the repository.
 * @property {string} hash Of their paths and contents: see {@link hashOf}.
 * @property {string[]} files What the build wrote into the folder.
 * @property {string} program The file in there that starts the server.
 */

/** @returns {Manifest | undefined} undefined when there is no bundle. */
export function readManifest() {
  try {
    return JSON.parse(readFileSync(join(bundleFolder, manifestName), 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * @param {string[]} sources files, by their paths in the repository.
 * @param {(path: string) => string | Buffer} contentOf gives what one of them holds.
 * @returns {string} a SHA-256 of their paths and contents.
 */
export function hashOf(sources, contentOf) {
  const hash = createHash('sha256');
  for (const path of sources) hash.update(`${path}\0`).update(contentOf(path)).update('\0');
  return hash.digest('hex');
}

/**
 * @param {string} path a file, by its path in the repository.
 * @returns {Buffer} what it holds now.
 * @throws when there is none.
 */
export const readSource = (path) => readFileSync(join(repository, path));

/** @returns {string | undefined} the server's program in the bundle; undefined when none was made of the sources as they are now, or it is not whole. */
export function freshProgram() {
  const manifest = readManifest();
  if (!manifest) return undefined;
  const inFolder = (/** @type {string} */ file) => join(bundleFolder, file);
  try {
    const isFresh = hashOf(manifest.sources, readSource) === manifest.hash;
    const isWhole = manifest.files.map(inFolder).every((path) => existsSync(path));
    return isFresh && isWhole ? inFolder(manifest.program) : undefined;
  } catch {
    // A source is gone, or the manifest is none.
    return undefined;
  }
}
