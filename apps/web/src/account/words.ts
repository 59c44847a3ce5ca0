import type { AccountWords } from '../i18n/en/account.ts';
import { useLanguage, wordsIn } from '../i18n/words.ts';

const files = import.meta.glob<AccountWords>('../i18n/*/account.ts', { eager: true, import: 'words' });

/** The words of the account's pages in the language of the page. They come with the account's part, in every language. */
export const useAccountWords = (): AccountWords => wordsIn(files, useLanguage());
