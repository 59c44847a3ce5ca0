import type { AccountWords } from '../i18n/en/account.ts';
import { useLanguage, wordsIn } from '../i18n/words.ts';

const files = import.meta.glob<AccountWords>('../i18n/*/account.ts', { eager: true, import: 'words' });

/** The words of the account's pages, in the language of the page. The account's part has the words of all languages. */
export const useAccountWords = (): AccountWords => wordsIn(files, useLanguage());
