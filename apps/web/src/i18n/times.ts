import { type Language, languages } from './languages.ts';

/** The tags of the languages that the browser prefers. A browser may give anything: `en-US@posix`, `de_DE.utf8`. */
const tags = (): readonly string[] => globalThis.navigator?.languages ?? [];

/** The languages that the browser prefers, the first of them first, without region: `en`. */
export const languagesRead = (): string[] =>
  tags().map((tag) => (tag.split(/[^a-z]/i, 1)[0] ?? '').toLowerCase());

/** Whether Intl knows a locale. Intl throws at a text that is no tag (RFC 5646). */
function isKnown(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}

/**
 * Writes dates, times, durations and counts as a language does, in the reader's own variety of it (`en-US`, `de-AT`) where
 * the browser names one.
 */
export function timesIn(language: Language) {
  const locale =
    tags().find((tag) => tag.split('-', 1)[0] === language && isKnown(tag)) ?? languages[language].locale;
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' });
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
  const span = (count: number, unit: 'second' | 'minute' | 'hour' | 'day') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);

  /** The name of a day: "today", "yesterday" or "tomorrow", else its date. */
  function dayName(iso: string) {
    const date = new Date(iso);
    const days = Math.round((midnight(date) - midnight(new Date())) / (24 * 60 * 60_000));
    return Math.abs(days) > 1 ? day.format(date) : relative.format(days, 'day');
  }

  return {
    /** "3 March 2026 at 14:05". */
    moment: (iso: string) => moment.format(new Date(iso)),
    /** "3 March 2026". */
    day: (iso: string) => day.format(new Date(iso)),
    /** "14:05". @param at ISO 8601, or milliseconds since 1970 */
    clock: (at: number | string) => clock.format(new Date(at)),

    /** "today, 14:05", "3 March 2026, 14:05". */
    when: (iso: string) => `${dayName(iso)}, ${clock.format(new Date(iso))}`,
    /** "Yesterday", "3 March 2026": a heading over what happened on one day. */
    dayHeading(iso: string) {
      const name = dayName(iso);
      return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
    },
    /** The words for a count: `one` where the language counts it as one, else `other`. */
    plural: (count: number, one: string, other: string) => (plurals.select(count) === 'one' ? one : other),
    /** "1,024". */
    number: (count: number) => numbers.format(count),

    /** "2 hours". */
    duration(milliseconds: number) {
      const minutes = Math.round(milliseconds / 60_000);
      if (minutes < 120) return span(minutes, 'minute');
      const hours = Math.round(minutes / 60);
      return hours < 72 ? span(hours, 'hour') : span(Math.round(hours / 24), 'day');
    },

    /** "42 seconds". */
    wait: (seconds: number) =>
      seconds <= 120 ? span(seconds, 'second') : span(Math.ceil(seconds / 60), 'minute'),
  };
}

const midnight = (date: Date) => new Date(date).setHours(0, 0, 0, 0);
