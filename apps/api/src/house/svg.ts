import { quote } from '../settings.ts';
import {
  cssFunctions,
  drawingAttributes,
  noteNamespaces,
  plainAttributes,
  svgElements,
} from './svg-names.ts';
import { type Attribute, read, UnreadableXml } from './xml.ts';

const svg = 'http://www.w3.org/2000/svg';
const xlink = 'http://www.w3.org/1999/xlink';
const xml = 'http://www.w3.org/XML/1998/namespace';

/** A part of the same file. */
const ownPart = /^#[^\s"'()\\]+$/;
/** A picture of pixels that stands in the file itself. */
const ownPixels = /^data:image\/(?:png|jpe?g|gif|webp);base64,[A-Za-z0-9+/=\s]+$/;
/** Attributes for scripts and screen readers. Illustrator keeps the names of layers in them, which may be any text. */
const freeAttribute = /^(?:data|aria)-[\w.-]+$/;

/**
 * Finds out whether an SVG draws and does nothing else: each element, attribute and function of CSS in it is known to
 * run nothing and to load nothing.
 * @returns what is wrong with it, as the end of a sentence ("an SVG that …"), and its line; undefined where nothing is.
 */
export function svgFault(text: string): string | undefined {
  const fault = faultIn(text);
  if (fault === undefined) return undefined;
  const line = text.slice(0, fault.at).split('\n').length;
  return `${fault.what} (line ${line})`;
}

interface Fault {
  what: string;
  at: number;
}

function faultIn(text: string): Fault | undefined {
  // A style sheet is checked when its element ends: comments and CDATA sections cut it into pieces.
  const open: { isStyle: boolean; sheet: string; at: number }[] = [];
  try {
    for (const piece of read(text)) {
      const around = open.at(-1);
      if (piece.kind === 'text') {
        if (around?.isStyle) around.sheet += piece.text;
        continue;
      }
      if (piece.kind === 'end') {
        open.pop();
        const what = around?.isStyle && cssFault(around.sheet);
        if (what) return { what: `has ${what}`, at: around.at };
        continue;
      }
      const { namespace, local, attributes, at } = piece;
      const isSvg = namespace === svg;
      if (!around && !(isSvg && local === 'svg'))
        return { what: 'has a root other than <svg> of the namespace of SVG', at };
      const allowed = isSvg ? svgElements.has(local) : noteNamespaces.has(namespace);
      if (!allowed || around?.isStyle) return { what: `has <${short(local)}>`, at };
      for (const attribute of isSvg ? attributes : []) {
        const what = attributeFault(local, attribute);
        if (what) return { what: `has ${what} on <${local}>`, at };
      }
      open.push({ isStyle: isSvg && local === 'style', sheet: '', at });
    }
  } catch (error) {
    if (error instanceof UnreadableXml) return { what: error.message, at: error.at };
    throw error;
  }
  return undefined;
}

/** @returns what could run or load something in an attribute of an element of SVG. */
function attributeFault(element: string, { namespace, local, value }: Attribute): string | undefined {
  const isKnown =
    namespace === ''
      ? plainAttributes.has(local) || freeAttribute.test(local)
      : noteNamespaces.has(namespace) ||
        (namespace === xml && ['space', 'lang', 'id'].includes(local)) ||
        (namespace === xlink && ['title', 'type', 'show', 'actuate'].includes(local));
  if (isKnown) return undefined;
  if (local === 'href' && (namespace === '' || namespace === xlink)) {
    const isOwn = ownPart.test(value) || (element === 'image' && ownPixels.test(value));
    return isOwn ? undefined : `the link ${quote(short(value))}`;
  }
  if (namespace !== '' || !drawingAttributes.has(local)) return `the attribute ${short(local)}`;
  if (element === 'style' && local === 'type') {
    return ['', 'text/css'].includes(value) ? undefined : `the type ${quote(short(value))}`;
  }
  return cssFault(value);
}

/**
 * Each call of a function, and whether its argument is a part of the same file. A name with a blank behind it is no call.
 * The lookbehind keeps a long name from being read again from each of its letters on.
 */
const calls = /(?<![\w\u0080-\u{10ffff}-])([\w\u0080-\u{10ffff}-]*)\((?<own>[ \t\r\n]*["']?#)?/gu;

/**
 * Strings and comments are searched like everything else: what looks like a call there is refused, too, and nothing can
 * hide behind a quote that browsers read in another way. @returns what could load something in CSS
 */
function cssFault(css: string): string | undefined {
  if (css.includes('\\')) return 'a backslash in CSS';
  const [rule] = /@(?!media[\s(])[\w-]*/i.exec(css) ?? [];
  if (rule !== undefined) return `the rule ${short(rule)} in CSS`;
  for (const { 1: called = '', groups } of css.matchAll(calls)) {
    const name = called.toLowerCase();
    if (name !== '' && !cssFunctions.has(name)) return `the function ${short(called)}() in CSS`;
    if (name === 'url' && groups?.own === undefined) return 'a url() that leads out of the file';
  }
  return undefined;
}

/** @returns the beginning of a name or value that a message repeats. */
const short = (text: string): string => (text.length <= 40 ? text : `${text.slice(0, 40)}…`);
