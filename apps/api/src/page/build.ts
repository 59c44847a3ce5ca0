import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../installation.ts';
import { type Asset, assetsOf, type Files, pack, versionOf } from './assets.ts';

/** The folder into which `pnpm build` writes the SPA. */
const built = join(root, 'apps/web/dist');

/** The SPA as it was built when this process started. Later changes in its folder change nothing here. */
export interface Build {
  /** The page. The URLs of its assets have this version. */
  html: Buffer;
  /** The paths of the pages, `/login`; the page finds the right screen by the path. */
  paths: string[];
  /** The URLs of the files that the server's own pages name: see `frameOf`. */
  reference: { style: string; script: string; font: string };
  version: string;
  /** The assets in one piece, for other processes. */
  piece: Buffer;
  /** By name. */
  assets: Map<string, Asset>;
  /** Files at URLs of their own, like `favicon.svg`, by name. */
  others: Map<string, Asset>;
}

/** Reads the SPA into memory, some hundred kB. @returns undefined when it has not been built, or by an older version. */
export function readBuild(folder = built): Build | undefined {
  const page = join(folder, 'index.html');
  const list = join(folder, '.pages.json');
  const manifest = join(folder, '.manifest.json');
  if (![page, list, manifest].every(existsSync)) return undefined;
  const files = filesIn(join(folder, 'assets'));
  const piece = pack(files);
  const version = versionOf(piece);
  // Assets name each other without a folder, so only the page has to know the version.
  const html = readFileSync(page, 'utf8').replaceAll('"/assets/', `"/assets/${version}/`);
  const others = filesIn(folder);
  return {
    html: Buffer.from(html),
    paths: JSON.parse(readFileSync(list, 'utf8')),
    reference: referenceIn(JSON.parse(readFileSync(manifest, 'utf8')), version),
    version,
    piece,
    assets: assetsOf(files),
    others: assetsOf(others),
  };
}

/** Vite's list of the files it made, by the files it made them from. */
type Manifest = Record<string, { file: string; assets?: string[] }>;

/** @throws when the build has no style or no script for the server's own pages: the build is broken. */
function referenceIn(manifest: Manifest, version: string): Build['reference'] {
  const style = manifest['src/reference/reference.css'];
  const script = manifest['src/reference/reference.ts'];
  // The style names the font of running text first.
  const font = style?.assets?.[0];
  if (!style || !script || !font) throw new Error('The build lacks the style or the script of /docs.');
  const urlOf = (file: string) => `/${file.replace(/^assets\//, `assets/${version}/`)}`;
  return { style: urlOf(style.file), script: urlOf(script.file), font: urlOf(font) };
}

/** @returns the files in a folder, but for the page itself and hidden ones. */
function filesIn(folder: string): Files {
  return new Map(
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name !== 'index.html' && !entry.name.startsWith('.'))
      .map(({ name }) => [name, readFileSync(join(folder, name))]),
  );
}
