import { describe, expect, it, vi } from 'vitest';
import { timesIn } from '../i18n/times.ts';
import { ago } from './ago.ts';

// Local time, as the reader has it: "yesterday" is a day of the reader's calendar.
const noon = new Date(2026, 2, 4, 12, 0).getTime();
const lateNight = new Date(2026, 2, 4, 0, 30).getTime();
const on = (month: number, day: number, hours: number, minutes: number, seconds = 0) =>
  new Date(2026, month - 1, day, hours, minutes, seconds);

vi.stubGlobal('navigator', { languages: ['en-GB', 'de-DE'] });
const words = {
  en: { justNow: 'just now', ...timesIn('en') },
  de: { justNow: 'gerade eben', ...timesIn('de') },
};
vi.unstubAllGlobals();

describe('a moment', () => {
  it.each([
    ['that is still to come', on(3, 4, 12, 5), noon, 'just now', 'gerade eben'],
    ['of half a minute ago', on(3, 4, 11, 59, 30), noon, 'just now', 'gerade eben'],
    ['of a minute ago', on(3, 4, 11, 59), noon, '1 minute ago', 'vor 1 Minute'],
    ['of nearly an hour ago', on(3, 4, 11, 0, 1), noon, '59 minutes ago', 'vor 59 Minuten'],
    ['of an hour ago', on(3, 4, 11, 0), noon, '1 hour ago', 'vor 1 Stunde'],
    ['of this morning', on(3, 4, 0, 0), noon, '12 hours ago', 'vor 12 Stunden'],
    ['of yesterday evening', on(3, 3, 18, 20), noon, 'yesterday, 18:20', 'gestern, 18:20'],
    ['before midnight, seen after it', on(3, 3, 23, 45), lateNight, '45 minutes ago', 'vor 45 Minuten'],
    ['well before midnight', on(3, 3, 22, 0), lateNight, 'yesterday, 22:00', 'gestern, 22:00'],
    ['of the day before yesterday', on(3, 2, 23, 59), noon, '2 days ago', 'vorgestern'],
    ['of last week', on(2, 23, 8, 0), noon, '9 days ago', 'vor 9 Tagen'],
    ['of thirty days ago', on(2, 2, 8, 0), noon, '30 days ago', 'vor 30 Tagen'],
    ['of longer ago', on(2, 1, 8, 0), noon, '1 February 2026', '1. Februar 2026'],
    [
      'before the clocks went forward',
      on(3, 28, 12, 0),
      on(3, 30, 9, 0).getTime(),
      '2 days ago',
      'vorgestern',
    ],
  ])('%s is told so that nobody has to count', (_, at, now, english, german) => {
    expect(ago(at.toISOString(), now, 'en', words.en)).toBe(english);
    expect(ago(at.toISOString(), now, 'de', words.de)).toBe(german);
  });
});
