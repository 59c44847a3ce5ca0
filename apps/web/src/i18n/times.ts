/** What the browser says that its reader speaks. It may say anything: `en-US@posix`, `de_DE.utf8`. */
const tags = (): readonly string[] => globalThis.navigator?.languages ?? [];

/** The languages of the browser's reader, the preferred one first, like `en`. */
export const languagesRead = (): string[] =>
  tags().map((tag) => (tag.split(/[^a-z]/i, 1)[0] ?? '').toLowerCase());

/** Whether Intl knows a tag; it throws at what is none (RFC 5646). */
function isKnown(tag: string): boolean {
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
  } catch {
    return false;
  }
}

/** Dates, times and durations as a language writes them, where the reader is. @param language like `en` */
export function timesIn(language: string, fallback: string) {
  const locale = tags().find((tag) => tag.split('-', 1)[0] === language && isKnown(tag)) ?? fallback;
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' });
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
  const span = (count: number, unit: 'second' | 'minute' | 'hour' | 'day') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const plurals = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);

  /** As people call a day: by how far it is when it is near, else by its date. */
  function dayName(iso: string) {
    const date = new Date(iso);
    const days = Math.round((midnight(date) - midnight(new Date())) / (24 * 60 * 60_000));
    return Math.abs(days) > 1 ? day.format(date) : relative.format(days, 'day');
  }

  return {
    moment: (iso: string) => moment.format(new Date(iso)),
    day: (iso: string) => day.format(new Date(iso)),
    clock: (at: number | string) => clock.format(new Date(at)),

    /** "today, 14:05", "3 March 2026, 14:05". */
    when: (iso: string) => `${dayName(iso)}, ${clock.format(new Date(iso))}`,
    /** "Yesterday", "3 March 2026": what happened on one day is told below it. */
    dayHeading(iso: string) {
      const name = dayName(iso);
      return name.charAt(0).toLocaleUpperCase(locale) + name.slice(1);
    },
    /** The words for so many. */
    plural: (count: number, one: string, other: string) => (plurals.select(count) === 'one' ? one : other),
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
