import { describe, expect, it } from 'vitest';
import { languages } from './languages.ts';

const files = Object.keys(import.meta.glob('./*/*.ts'));
const parts = ['account', 'conversation', 'enter', 'new-password', 'page'];

describe('the table of languages', () => {
  it('has a folder of word files for each line, one file a part, and a line for each folder', () => {
    const wanted = Object.keys(languages).flatMap((language) =>
      parts.map((part) => `./${language}/${part}.ts`),
    );
    expect(files.toSorted()).toEqual(wanted.toSorted());
  });
});
