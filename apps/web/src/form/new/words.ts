import type { NewPasswordWords } from '../../i18n/en/new-password.ts';
import { useLanguage, wordsIn } from '../../i18n/words.ts';

const files = import.meta.glob<NewPasswordWords>('../../i18n/*/new-password.ts', {
  eager: true,
  import: 'words',
});

/** The words about a password to be set, in the language of the page. */
export const useNewPasswordWords = (): NewPasswordWords => wordsIn(files, useLanguage());
