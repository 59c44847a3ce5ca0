import type { ConversationWords } from '../i18n/en/conversation.ts';
import { useLanguage, wordsIn } from '../i18n/words.ts';

const files = import.meta.glob<ConversationWords>('../i18n/*/conversation.ts', {
  eager: true,
  import: 'words',
});

/** The words of the conversation's page, in the language of the page. The page's part has the words of all languages. */
export const useConversationWords = (): ConversationWords => wordsIn(files, useLanguage());
