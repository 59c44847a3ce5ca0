import type { EnterWords } from '../i18n/en/enter.ts';
import { useLanguage, wordsIn } from '../i18n/words.ts';

const files = import.meta.glob<EnterWords>('../i18n/*/enter.ts', { eager: true, import: 'words' });

/** The words of this part, in the language of the page. The part has the words of all languages. */
export const useEnterWords = (): EnterWords => wordsIn(files, useLanguage());
