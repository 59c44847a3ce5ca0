import { createHash } from 'node:crypto';
import { extname } from 'node:path';

/** A file of a page as it is served: its content, plain and compressed. */
export interface Asset {
  type: string;
  /** By content coding (RFC 9110 section 8.4.1); `identity` is always there. */
  content: Partial<Record<Coding, Buffer>> & { identity: Buffer };
  /** A digest of the plain content. */
  digest: string;
}
/** A content coding: Brotli, gzip, or none (RFC 9110 section 8.4.1). */
export type Coding = 'br' | 'gzip' | 'identity';

/** Files by their names, compressed ones as `NAME.br` and `NAME.gz` beside their plain form. */
export type Files = Map<string, Buffer>;

const types: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
};

/** @returns the assets in the files of a build, by name. */
export function assetsOf(files: Files): Map<string, Asset> {
  const assets = new Map<string, Asset>();
  for (const [name, identity] of files) {
    if (/\.(br|gz)$/.test(name)) continue;
    const type = types[extname(name)] ?? 'application/octet-stream';
    const [br, gzip] = [files.get(`${name}.br`), files.get(`${name}.gz`)];
    const content = { identity, ...(br && { br }), ...(gzip && { gzip }) };
    assets.set(name, { type, content, digest: digestOf(identity) });
  }
  return assets;
}

/**
 * @returns one piece that holds all files: a line of JSON with their names and sizes, sorted by name, then their bytes.
 * The same files give the same piece.
 */
export function pack(files: Files): Buffer {
  const sorted = [...files].sort(([one], [other]) => (one < other ? -1 : 1));
  const index = sorted.map(([name, { length }]) => [name, length]);
  return Buffer.concat([Buffer.from(`${JSON.stringify(index)}\n`), ...sorted.map(([, content]) => content)]);
}

/** @returns the files in a piece that {@link pack} made. */
export function unpack(piece: Buffer): Files {
  const end = piece.indexOf('\n');
  let at = end + 1;
  const index: [name: string, length: number][] = JSON.parse(piece.toString('utf8', 0, end));
  return new Map(
    index.map(([name, length]) => {
      at += length;
      return [name, piece.subarray(at - length, at)];
    }),
  );
}

/**
 * @returns the version of a page: 128 bits of the SHA-256 of its assets, in hex. The version is part of every asset's
 * URL. A process serves under a URL what its build made, or nothing, and nobody finds other content for it.
 */
export const versionOf = (piece: Buffer): string => digestOf(piece);

const digestOf = (content: Buffer) => createHash('sha256').update(content).digest('hex').slice(0, 32);
