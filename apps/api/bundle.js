// The bundle: the server and the packages that it loads, in a few files. It starts in half the time of its hundreds of
// modules. The sources are what counts: a bundle that was made of others is not used, so editing a file is enough to run it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '../..');
/** The folder that `build-changed.ts` writes. */
export const bundleFolder = join(import.meta.dirname, 'dist');
/** The file in there that says what the bundle was made of. */
export const manifestFile = join(bundleFolder, 'made-of.json');

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
    return JSON.parse(readFileSync(manifestFile, 'utf8'));
  } catch {
    return undefined;
  }
}

/**
 * @param {string[]} sources files, by their paths in the repository.
 * @returns {string | undefined} a SHA-256 of their paths and contents; undefined when one is missing.
 */
export function hashOf(sources) {
  const hash = createHash('sha256');
  try {
    for (const path of sources)
      hash
        .update(`${path}\0`)
        .update(readFileSync(join(repository, path)))
        .update('\0');
  } catch {
    return undefined;
  }
  return hash.digest('hex');
}

/** @returns {string | undefined} the server's program in the bundle; undefined when none was made of the sources as they are now. */
export function freshProgram() {
  const manifest = readManifest();
  if (manifest === undefined || hashOf(manifest.sources) !== manifest.hash) return undefined;
  return join(bundleFolder, manifest.program);
}
