import { useSyncExternalStore } from 'react';
import { keep, recall } from '../browser/storage.ts';
import { words as english, type Words } from './en/page.ts';
import { type Language, languages } from './languages.ts';
import { languagesRead } from './times.ts';

/** The word files of the first page by their paths. Each is fetched when its language is chosen; English is always here. */
const files = import.meta.glob<Words>(['./*/page.ts', '!./en/page.ts'], { import: 'words' });

/** The key in the browser's storage under which the reader's choice is kept. */
const storageKey = 'language';
const storage = () => localStorage;

let spoken: { language: Language; words: Words } = { language: 'en', words: english };
const listeners = new Set<() => void>();

/**
 * The entry of one language in a table of files.
 * @param files the result of `import.meta.glob`: an entry for each language, by a path like `../i18n/de/account.ts`
 * @throws when the language has no such file
 */
export function wordsIn<Entry>(files: Record<string, Entry>, language: Language): Entry {
  const [, found] = Object.entries(files).find(([path]) => path.split('/').at(-2) === language) ?? [];
  if (!found) throw new Error(`No words in ${language}`);
  return found;
}

/**
 * Shows every word in a language.
 * @returns false when the words cannot be fetched. The page then stays as it is.
 */
export async function speak(language: Language): Promise<boolean> {
  try {
    spoken = { language, words: language === 'en' ? english : await wordsIn(files, language)() };
  } catch {
    return false;
  }
  document.documentElement.lang = language;
  for (const listener of listeners) listener();
  return true;
}

/** Speaks a language from now on, at the next visit too. @returns as {@link speak} does */
export function choose(language: Language): Promise<boolean> {
  keep(storage, storageKey, language);
  return speak(language);
}

/** The language to begin with: the reader's choice, else the first of the browser's languages that is listed, else English. */
export function preferred(): Language {
  const wanted = [recall(storage, storageKey), ...languagesRead()];
  return (
    wanted.find(
      (language): language is Language => language !== undefined && Object.hasOwn(languages, language),
    ) ?? 'en'
  );
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
};

/** The words of the first page, in the language of the page. */
export const useWords = (): Words => useSyncExternalStore(subscribe, () => spoken).words;

/** The language of the page. */
export const useLanguage = (): Language => useSyncExternalStore(subscribe, () => spoken).language;
