import { isEmail, maxEmailLength } from '@coatcheck/api-types';
import { quote, type Settings } from '../settings.ts';

/** Code points of a name: beyond them, it fits no heading on a phone. */
const maxNameLength = 64;
/** Code points of a URL, more than any page for people needs. */
const maxUrlLength = 2_000;

/** A character that shows nothing or turns text around: controls, line separators, bidirectional marks, zero-width blanks. */
const unseen =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Noncharacter_Code_Point}\u00ad\u200b\u2060-\u2064\ufeff]/u;
const visible = /[\p{L}\p{N}\p{P}\p{S}]/u;

/** Reads a name to show. @returns undefined where it is not set */
export function nameIn({ text, refuse }: Settings, variable: string): string | undefined {
  const name = text(variable, '').normalize('NFC');
  if (!name) return undefined;
  const length = [...name].length;
  const right = `Set the name that people know, of at most ${maxNameLength} characters, like Harbour Wiki.`;
  if (length > maxNameLength) return refuse(variable, `has ${length} characters`, right);
  const [found] = unseen.exec(name) ?? [];
  if (found !== undefined) {
    return refuse(variable, `has the character ${codePoint(found)}, which nobody can see`, right);
  }
  if (!visible.test(name)) return refuse(variable, 'has no character that anybody can see', right);
  return name;
}

/**
 * Reads where people get help. @returns a URL that begins with `http://` or `https://`, or an email address that can
 * stand behind `mailto:` as it is; undefined where it is not set
 */
export function contactIn({ text, refuse }: Settings, variable: string): string | undefined {
  const contact = text(variable, '');
  if (!contact || isPageUrl(contact) || isPlainEmail(contact)) return contact || undefined;
  return refuse(
    variable,
    `is ${quote(contact.slice(0, 200))}`,
    'Set an email address, like help@example.com, or the URL of a page, like https://example.com/help.',
  );
}

function isPageUrl(text: string): boolean {
  if (!/^https?:\/\/[^\s\\]+$/.test(text) || unseen.test(text) || text.length > maxUrlLength) return false;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url?.username === '' && url.password === '';
}

/** Whether a text is an email address that needs no escape behind `mailto:` (RFC 6068 section 2). */
const isPlainEmail = (text: string): boolean =>
  isEmail(text) && [...text].length <= maxEmailLength && !/["#%&/=?[\]^`{|}]/.test(text);

const codePoint = (character: string): string =>
  `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`;
