import { describe, expect, it, vi } from 'vitest';
import { timesIn } from './times.ts';
import { preferred } from './words.ts';

const noon = '2026-03-04T12:00:00.000Z';

describe('a browser that says what is no language tag', () => {
  it.each([
    [['en-US@posix'], 'en', '4 March 2026'],
    [['en_US.utf8', 'en'], 'en', 'March 4, 2026'],
    [['en-US@posix', 'en-US'], 'en', 'March 4, 2026'],
    [['de-DE@euro'], 'de', '4. März 2026'],
    [['de_AT@euro', 'en-GB'], 'de', '4. März 2026'],
    [['C', '', 'POSIX', '-'], 'en', '4 March 2026'],
    [[], 'en', '4 March 2026'],
    [undefined, 'en', '4 March 2026'],
  ] as const)('%j still gets words and times', (tags, language, day) => {
    vi.stubGlobal('navigator', { languages: tags });
    expect(preferred()).toBe(language);
    expect(timesIn(language).day(noon)).toBe(day);
  });
});
