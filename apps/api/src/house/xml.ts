import { quote } from '../settings.ts';

/** A name with the namespace that its prefix stands for; `''` for no namespace. */
export interface Name {
  namespace: string;
  local: string;
}
/** An attribute, its references resolved. Declarations of namespaces are not among them. */
export interface Attribute extends Name {
  value: string;
}
/** The start of an element, its end, or the text between two tags, its references resolved. */
export type Piece =
  | (Name & { kind: 'start'; attributes: Attribute[]; at: number })
  | { kind: 'text'; text: string; at: number }
  | { kind: 'end' };

/** The text is not the XML that {@link read} reads. The message is the end of a sentence: "an SVG that …". */
export class UnreadableXml extends Error {
  /** Where in the text, counted in UTF-16 code units. */
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** Elements within each other; no drawing has as many. */
const maxDepth = 256;

const name = '(?:[A-Za-z_][\\w.-]*:)?[A-Za-z_][\\w.-]*';
const declaration =
  /<\?xml\s+version\s*=\s*(["'])1\.0\1(?:\s+encoding\s*=\s*(["'])utf-8\2)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\3)?\s*\?>/iy;
const startOfTag = new RegExp(`<(${name})`, 'y');
const attribute = new RegExp(`\\s+(${name})\\s*=\\s*(?:"([^"<]*)"|'([^'<]*)')`, 'y');
const endOfStart = /\s*(\/?)>/y;
const endTag = new RegExp(`</(${name})\\s*>`, 'y');
const characters = /[^<]+/y;
/** What no XML document may have (XML 1.0 section 2.2). */
const noCharacter = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

const builtIn = { xml: 'http://www.w3.org/XML/1998/namespace', xmlns: 'http://www.w3.org/2000/xmlns/' };

/**
 * Reads XML 1.0 with namespaces, and less than all of it: no document type, so no entities, no processing
 * instructions, and names of ASCII alone. All else that is not well-formed is refused, so that a browser reads the same.
 * @throws {UnreadableXml} at the first place that is not such XML, after the pieces before it.
 */
export function* read(text: string): Generator<Piece, void> {
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text) ?? undefined;
    if (found) at = pattern.lastIndex;
    return found;
  };
  /** Takes what stands between two marks. @returns undefined where the first mark does not stand here */
  const takeBetween = (opening: string, closing: string): string | undefined => {
    if (!text.startsWith(opening, at)) return undefined;
    const from = at + opening.length;
    const end = text.indexOf(closing, from);
    if (end < 0) throw new UnreadableXml(`has ${opening} without an end`, at);
    at = end + closing.length;
    return text.slice(from, end);
  };

  const forbidden = noCharacter.exec(text);
  if (forbidden) throw new UnreadableXml('has a control character', forbidden.index);
  if (text.startsWith('<?xml ') && !take(declaration)) {
    throw new UnreadableXml('has an XML declaration other than of version 1.0 in UTF-8', at);
  }

  const open: { tag: string; namespaces: Map<string, string> }[] = [];
  let hasRoot = false;
  while (at < text.length) {
    const from = at;
    const comment = takeBetween('<!--', '-->');
    if (comment !== undefined) {
      if (comment.includes('--') || comment.endsWith('-'))
        throw new UnreadableXml('has -- in a comment', from);
      continue;
    }
    const scope = open.at(-1);
    const plain = scope && takeBetween('<![CDATA[', ']]>');
    if (plain !== undefined) {
      yield { kind: 'text', text: plain, at: from };
      continue;
    }
    const [found] = take(characters) ?? [];
    if (found !== undefined) {
      if (!scope && found.trim()) throw new UnreadableXml('has text outside its elements', from);
      if (found.includes(']]>')) throw new UnreadableXml('has ]]> in its text', from);
      if (scope) yield { kind: 'text', text: resolved(found, from), at: from };
      continue;
    }
    const end = take(endTag);
    if (end) {
      if (end[1] !== scope?.tag) throw new UnreadableXml(`has </${short(end[1])}> without its start`, from);
      open.pop();
      yield { kind: 'end' };
      continue;
    }
    const start = take(startOfTag);
    if (!start) throw new UnreadableXml(`has ${unexpected(text.slice(from))}`, from);
    if (!scope && hasRoot) throw new UnreadableXml('has more than one root', from);
    const [, tag = ''] = start;
    const given: [name: string, value: string][] = [];
    for (let next = take(attribute); next; next = take(attribute)) {
      given.push([next[1] ?? '', resolved(next[2] ?? next[3] ?? '', next.index)]);
    }
    const closing = take(endOfStart);
    if (!closing)
      throw new UnreadableXml(`has <${short(tag)}> with an attribute that is not well-formed`, from);
    const namespaces = declared(given, scope?.namespaces ?? new Map(Object.entries(builtIn)), from);
    yield {
      kind: 'start',
      ...named(tag, namespaces, from),
      attributes: attributesOf(given, namespaces, from),
      at: from,
    };
    hasRoot = true;
    if (closing[1]) yield { kind: 'end' };
    else if (open.push({ tag, namespaces }) > maxDepth) {
      throw new UnreadableXml(`has more than ${maxDepth} elements within each other`, from);
    }
  }
  const unclosed = open.at(-1);
  if (unclosed) throw new UnreadableXml(`ends before </${short(unclosed.tag)}>`, at);
  if (!hasRoot) throw new UnreadableXml('has no element', at);
}

/** @returns the namespaces by their prefixes, `''` for the default, within an element with these attributes. */
function declared(
  given: [name: string, value: string][],
  outer: Map<string, string>,
  at: number,
): Map<string, string> {
  const declarations = given.filter(([key]) => isDeclaration(key));
  if (declarations.length === 0) return outer;
  const namespaces = new Map(outer);
  for (const [key, namespace] of declarations) {
    const prefix = key.slice('xmlns:'.length);
    if (
      Object.hasOwn(builtIn, prefix) ||
      Object.values(builtIn).includes(namespace) ||
      (prefix && !namespace)
    ) {
      throw new UnreadableXml(`declares the namespace ${short(key)} in a way that XML forbids`, at);
    }
    namespaces.set(prefix, namespace);
  }
  return namespaces;
}

function attributesOf(
  given: [name: string, value: string][],
  namespaces: Map<string, string>,
  at: number,
): Attribute[] {
  const attributes: Attribute[] = [];
  const seen = new Set<string>();
  for (const [key, value] of given) {
    // An attribute without a prefix is in no namespace, whatever the default is.
    const known = key.includes(':') ? named(key, namespaces, at) : { namespace: '', local: key };
    const identity = isDeclaration(key) ? key : `${known.namespace} ${known.local}`;
    if (seen.has(identity)) throw new UnreadableXml(`has ${short(key)} twice on one element`, at);
    seen.add(identity);
    if (!isDeclaration(key)) attributes.push({ ...known, value });
  }
  return attributes;
}

const isDeclaration = (key: string): boolean => key === 'xmlns' || key.startsWith('xmlns:');

function named(qualified: string, namespaces: Map<string, string>, at: number): Name {
  const [, prefix = '', local = ''] = /^(?:([^:]*):)?(.*)$/.exec(qualified) ?? [];
  const namespace = namespaces.get(prefix);
  if (prefix && namespace === undefined)
    throw new UnreadableXml(`has ${short(qualified)} of no namespace`, at);
  return { namespace: namespace ?? '', local };
}

const predefined: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** @returns a text with its references as the characters that they stand for. */
function resolved(text: string, at: number): string {
  return text.replaceAll(
    /&(?:#(\d{1,7})|#x([\dA-Fa-f]{1,6})|([a-z]+));|&/g,
    (whole, decimal, hex, entity) => {
      const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : undefined;
      const character =
        code === undefined
          ? Object.hasOwn(predefined, entity ?? '') && predefined[entity]
          : code <= 0x10ffff && String.fromCodePoint(code);
      if (!character || noCharacter.test(character)) {
        throw new UnreadableXml(`has ${short(whole)}, which stands for no character`, at);
      }
      return character;
    },
  );
}

/** @returns what stands where a tag was expected, for a person. */
function unexpected(rest: string): string {
  if (/^<!DOCTYPE/i.test(rest)) return 'a DOCTYPE';
  const [, target] = /^<\?([\w-]+)/.exec(rest) ?? [];
  if (target) return `the instruction <?${short(target)}`;
  return `${quote(short(rest.split('\n', 1)[0]))}, where a tag was expected`;
}

/** @returns the beginning of a name or text that a message repeats. */
const short = (text = ''): string => (text.length <= 40 ? text : `${text.slice(0, 40)}…`);
