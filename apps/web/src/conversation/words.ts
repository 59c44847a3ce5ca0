import { type Language, useLanguage } from '../i18n/words.ts';
import { de } from './de.ts';
import { type ConversationWords, en } from './en.ts';

const catalogues: Record<Language, ConversationWords> = { en, de };

/** The words of the conversation's page. They come with it, in every language: nobody else needs them. */
export const useConversationWords = (): ConversationWords => catalogues[useLanguage()];
