/** How often a path may be encoded. Nobody who means well encodes a path that often. */
const maxLevels = 5;

/** What servers decode or tidy up: escapes, parameters, backslashes, fragments, empty segments, dot segments. */
const untidy = /[%;\\#\u007f]|\/[/.]/;

/**
 * Finds a path that stands outside of another as it is written, and may come to lie at or below it once a server decodes
 * it (RFC 3986 section 2.4), removes its dot segments (section 5.2.4), or tidies it up in a way of its own. Servers do so
 * in different orders, so that a path with dot segments counts wherever the other path occurs in it.
 * @param basePath the path to keep others away from, without a slash at its end
 * @param path the path of a request, without its query
 */
export function mayLeadInto(basePath: string, path: string): boolean {
  if (!untidy.test(path)) return false;
  const base = basePath.split('/').slice(1);
  let text = path;
  for (let level = 0; level < maxLevels; level += 1) {
    const segments = text.split(/[/\\]/).map(tidied).filter(Boolean);
    const hasDots = segments.some((segment) => segment === '.' || segment === '..');
    const found = segments.some(
      (_, at) => (at === 0 || hasDots) && base.every((name, index) => segments[at + index] === name),
    );
    if (found) return true;
    const decoded = decodedOnce(text);
    if (decoded === text) return false;
    text = decoded;
  }
  return true;
}

/** @returns a segment without its parameters, and without what some servers cut off or leave out. */
const tidied = (segment: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: servers cut a path at NUL, and leave other controls out
  segment.replace(/[;?#\0].*$/s, '').replaceAll(/[\u0001-\u0020\u007f]/g, '');

const decodedOnce = (text: string): string =>
  text.replaceAll(/%([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
