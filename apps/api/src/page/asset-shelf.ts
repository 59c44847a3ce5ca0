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

/** Finds an asset that this process does not have, by the version of the page it belongs to and its name. */
export type FindAsset = (version: string, name: string) => Promise<Asset | undefined>;

/**
 * Looks assets up on the shelf in the database, where every process puts those of its own version. The version is a
 * digest of them all: what does not fit it is not served, whoever wrote it there.
 */
export function openShelf(store: Store): FindAsset {
  const loaded = new Map<string, Map<string, Asset>>();
  // Of many requests for one version at once, one asks the database.
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

/** What was stored as the assets of a version; undefined when they are not. */
async function opened(stored: string, version: string) {
  const piece = await decompress(Buffer.from(stored, 'base64'), { maxOutputLength: maxBytes }).catch(
    () => undefined,
  );
  return piece && versionOf(piece) === version ? assetsOf(unpack(piece)) : undefined;
}

/**
 * Puts the assets of this process's version on the shelf, now and once a day: they stay there while a process of that
 * version runs, and some time after. What fails is tried again in a minute.
 * @returns when it has been tried for the first time: how to stop, which takes as long as a try that is under way.
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
        'Other processes cannot be given the files of this page; tried again in a minute',
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
