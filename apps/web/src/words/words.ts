import { createContext, use } from 'react';
import { en, type Words } from './en.ts';

const Catalogue = createContext<Words>(en);

/** The words on the screen, in the language of the page. */
export const useWords = () => use(Catalogue);
