import { useSyncExternalStore } from 'react';
import { keep, recall } from '../browser/storage.ts';
import { en, type Words } from './en.ts';
import { languagesRead } from './times.ts';

/** The languages there are, by their own names. All but English are fetched when they are asked for. */
export const languages = { en: 'English', de: 'Deutsch' };
export type Language = keyof typeof languages;

const catalogues: Record<Language, () => Promise<Words>> = {
  en: async () => en,
  de: async () => (await import('./de.ts')).de,
};

/** Where the choice is kept; what a browser prefers counts until there is one. */
const kept = 'language';
const store = () => localStorage;

let spoken: { language: Language; words: Words } = { language: 'en', words: en };
const listeners = new Set<() => void>();

/** Shows every word in a language. @returns false when its catalogue cannot be fetched: then all stays as it is. */
export async function speak(language: Language): Promise<boolean> {
  try {
    spoken = { language, words: await catalogues[language]() };
  } catch {
    return false;
  }
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
  return true;
}

/** Speaks a language from now on, at the next visit too. @returns as {@link speak} does */
export function choose(language: Language): Promise<boolean> {
  keep(store, kept, language);
  return speak(language);
}

/** The language to begin with: the one chosen, else the first of the browser's that there is, else English. */
export function preferred(): Language {
  const wanted = [recall(store, kept), ...languagesRead()];
  return wanted.find((one): one is Language => one !== undefined && one in languages) ?? 'en';
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** The words on the screen, in the language of the page. */
export const useWords = (): Words => useSyncExternalStore(subscribe, () => spoken).words;

/** The language of the page. */
export const useLanguage = (): Language => useSyncExternalStore(subscribe, () => spoken).language;
