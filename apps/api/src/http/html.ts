/** A piece of HTML. Only {@link html} makes one, so that text from elsewhere is always escaped in it. */
export interface Html {
  readonly [markup]: string;
}
const markup = Symbol('markup');

/** What may stand in a piece of HTML: text and numbers, which are escaped, other pieces, and nothing. */
type Part = string | number | Html | undefined | false | readonly Part[];

/**
 * Makes a piece of HTML.
 * @example
 * html`<li>${title}</li>`
 */
export const html = (written: TemplateStringsArray, ...parts: Part[]): Html => ({
  [markup]: written.reduce((text, next, at) => text + textOf(parts[at - 1]) + next),
});

/** @returns a piece as it is sent. */
export const markupOf = (piece: Html): string => piece[markup];

function textOf(part: Part): string {
  if (part === undefined || part === false) return '';
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return markup in part ? part[markup] : part.map(textOf).join('');
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** @returns text as it may stand in HTML, between tags and between quotes. */
export const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '');

/** @returns a sentence, in which text between backticks is code (CommonMark section 6.1). */
export const withCode = (sentence: string): Html =>
  html`${sentence.split('`').map((text, at) => (at % 2 === 0 ? text : html`<code>${text}</code>`))}`;

/** A page that the server writes itself. */
export interface WrittenPage {
  /** The beginning of the window's title; the product's name follows. */
  title: string;
  /** The path of the page, if the header has a link to it. */
  path?: string;
  content: Html;
  /** Whether the page is one of the reference, whose pages the header then links to. */
  isReference?: boolean;
  /** Whether the page needs the script that copies commands and tries calls. */
  hasScript?: boolean;
}

/** @returns a page as it is sent: in the frame, with the style and the header, of all pages. */
export type Frame = (page: WrittenPage) => string;
