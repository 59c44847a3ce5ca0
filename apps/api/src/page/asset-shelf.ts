import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import type { FastifyBaseLogger } from 'fastify';
import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';
import { type Asset, assetsOf, unpack, versionOf } from './assets.ts';
import type { Build } from './build.ts';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);
const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } };

const minute = 60_000;
const day = 24 * 60 * minute;
/** Versions of other processes that this one keeps in memory, about 1 MB each. */
const maxVersions = 6;
/** Bytes a version may unpack to; ours have about 1 MB. */
const maxBytes = 16 * 1024 * 1024;

/**
 * Finds an asset that this process does not have.
 * @param version the version of the page to which the asset belongs.
 * @returns undefined where no process put such an asset.
 */
export type FindAsset = (version: string, name: string) => Promise<Asset | undefined>;

/**
 * Looks assets up on the shelf in the database, where every process puts those of its own version. The version is a
 * digest of all its assets. Content with another digest is not served, whoever wrote it there.
 */
export function openShelf(store: Store): FindAsset {
  const loaded = new Map<string, Map<string, Asset>>();
  // The requests for one version at one time share one query.
  const loading = new Map<string, Promise<Map<string, Asset> | undefined>>();

  async function load(version: string) {
    const stored = await store.findAssets(version);
    const assets = stored === undefined ? undefined : await opened(stored, version);
    if (assets === undefined) return undefined;
    loaded.set(version, assets);
    const [oldest] = loaded.keys();
    if (loaded.size > maxVersions && oldest) loaded.delete(oldest);
    return assets;
  }

  return async (version, name) => {
    const there = loaded.get(version);
    if (there) return there.get(name);
    let assets = loading.get(version);
    if (assets === undefined) {
      assets = load(version).finally(() => loading.delete(version));
      loading.set(version, assets);
    }
    return (await assets)?.get(name);
  };
}

/** @returns the assets of a version, unpacked, or undefined when the stored text does not have the version's digest. */
async function opened(stored: string, version: string) {
  const piece = await decompress(Buffer.from(stored, 'base64'), { maxOutputLength: maxBytes }).catch(
    () => undefined,
  );
  return piece && versionOf(piece) === version ? assetsOf(unpack(piece)) : undefined;
}

/**
 * Puts the assets of this process's version on the shelf, now and once a day. They stay there while a process of that
 * version runs, and some time after. A failed try is repeated in a minute.
 * @returns after the first try, a function that stops this. It resolves when a try that is under way is over.
 */
export async function keepOnShelf(
  store: Store,
  { version, piece }: Build,
  now: Clock,
  log: FastifyBaseLogger,
): Promise<() => Promise<void>> {
  let stopped = false;
  let underWay: Promise<void> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function begin() {
    underWay = put();
  }

  async function put() {
    let rest = day;
    try {
      await store.putAssets(version, (await compress(piece, quality)).toString('base64'), now());
    } catch (error) {
      rest = minute;
      log.warn(
        { err: error },
        'The files of the page could not be stored for other processes; retrying in a minute',
      );
    }
    if (!stopped) timer = setTimeout(begin, rest);
  }

  await put();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await underWay;
  };
}
