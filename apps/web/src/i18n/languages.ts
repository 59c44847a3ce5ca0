/** The facts about a language that the page needs before the words are there. */
interface LanguageEntry {
  /** The name of the language in that language: the label of its button. */
  name: string;
  /** The locale of times and numbers when the browser names no locale of this language (RFC 5646). */
  locale: string;
}

/**
 * The languages of the page by their tags (RFC 5646), in the order of their buttons.
 *
 * A language is a line here and a folder of the same name beside this file, with a file of words for each part of the
 * page. A page without scripts has a sentence in each language in index.html.
 */
export const languages = {
  en: { name: 'English', locale: 'en-GB' },
  de: { name: 'Deutsch', locale: 'de-DE' },
} as const satisfies Record<string, LanguageEntry>;

/** The tag of a language that the page speaks. */
export type Language = keyof typeof languages;
