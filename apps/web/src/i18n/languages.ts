/** What the page needs to know of a language before its words are there. */
interface LanguageEntry {
  /** Its name in itself: the label of its button. */
  name: string;
  /** The locale of its times and numbers when the browser names none of this language (RFC 5646). */
  locale: string;
}

/**
 * The languages of the page by their tags (RFC 5646), in the order of their buttons.
 *
 * A language is a line here and a folder of the same name beside this file, with a file of words for each part of the
 * page. Nothing else names it.
 */
export const languages = {
  en: { name: 'English', locale: 'en-GB' },
  de: { name: 'Deutsch', locale: 'de-DE' },
} as const satisfies Record<string, LanguageEntry>;

/** The tag of a language that the page speaks. */
export type Language = keyof typeof languages;
