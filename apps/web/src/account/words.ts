import { type Language, useLanguage } from '../i18n/words.ts';
import { de } from './de.ts';
import { type AccountWords, en } from './en.ts';

const catalogues: Record<Language, AccountWords> = { en, de };

/** The words of the account's pages. They come with them, in every language: nobody else needs them. */
export const useAccountWords = (): AccountWords => catalogues[useLanguage()];
