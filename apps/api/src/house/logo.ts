import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { quote, type Settings } from '../settings.ts';
import { svgFault } from './svg.ts';

/** A picture that is safe to serve: an SVG that draws and does nothing else, or a PNG. */
export interface Logo {
  type: 'image/svg+xml' | 'image/png';
  content: Buffer;
  /** A digest of the content. */
  digest: string;
}

/** Bytes of a logo: each visitor loads it. */
export const maxLogoBytes = 256 * 1024;
/** Pixels of each side of a PNG. A few bytes can stand for a picture that fills the memory of a phone. */
const maxPixels = 4096;

/**
 * Reads a logo. Its content tells what it is, its name does not. Later changes of the file change nothing here.
 * @param from the folder in which relative paths start. @returns undefined where none is set
 */
export function logoIn({ text, refuse }: Settings, variable: string, from: string): Logo | undefined {
  const path = text(variable, '');
  if (!path) return undefined;
  const right = `Set the path of an SVG or PNG file of at most ${maxLogoBytes / 1024} KiB.`;
  const content = fileAt(resolve(from, path));
  if (typeof content === 'string') return refuse(variable, `is ${quote(path)}, which ${content}`, right);
  const digest = hash('sha256', content, 'hex').slice(0, 32);

  if (content.subarray(0, pngSignature.length).equals(pngSignature)) {
    const fault = pngFault(content);
    if (fault !== undefined) return refuse(variable, `is ${quote(path)}, a PNG that ${fault}`, right);
    return { type: 'image/png', content, digest };
  }
  const source = utf8(content);
  if (!source?.trimStart().startsWith('<')) {
    return refuse(variable, `is ${quote(path)}, which is neither an SVG in UTF-8 nor a PNG`, right);
  }
  const fault = svgFault(source);
  if (fault !== undefined) {
    return refuse(
      variable,
      `is ${quote(path)}, an SVG that ${fault}`,
      'Set an SVG of shapes, text and styles alone, which runs nothing and loads nothing, as drawing programs export it, or a PNG.',
    );
  }
  return { type: 'image/svg+xml', content, digest };
}

/** @returns the content of a file; or why it cannot be a logo's, as the end of a sentence ("which …"). */
function fileAt(path: string): Buffer | string {
  try {
    // The size is asked for first: a device or a pipe may have no end.
    const file = statSync(path);
    if (!file.isFile()) return 'is no file';
    const content = file.size > maxLogoBytes ? undefined : readFileSync(path);
    return content && content.length <= maxLogoBytes ? content : `has ${content?.length ?? file.size} bytes`;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? 'is not there' : `cannot be read (${code})`;
  }
}

function utf8(content: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return undefined;
  }
}

const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex');

/** @returns what is wrong with a PNG (its specification, section 5), as the end of a sentence; undefined where nothing is. */
function pngFault(content: Buffer): string | undefined {
  let at = pngSignature.length;
  let last = '';
  while (at + 12 <= content.length) {
    last = content.toString('latin1', at + 4, at + 8);
    if (at === pngSignature.length) {
      if (last !== 'IHDR' || content.readUInt32BE(at) !== 13 || content.length < at + 25) break;
      const sides = [content.readUInt32BE(at + 8), content.readUInt32BE(at + 12)];
      if (sides.some((side) => side < 1 || side > maxPixels)) {
        return `measures ${sides.join(' by ')} pixels, and ${maxPixels} by ${maxPixels} are the most`;
      }
    }
    at += 12 + content.readUInt32BE(at);
  }
  return last === 'IEND' && at === content.length ? undefined : 'is cut off or not well-formed';
}
