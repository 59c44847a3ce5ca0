/** Dates, times and durations as a language writes them, where the reader is. @param language like `en` */
export function timesIn(language: string, fallback: string) {
  const locale = globalThis.navigator?.languages.find((tag) => tag.split('-', 1)[0] === language) ?? fallback;
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' });
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long' });
  const span = (count: number, unit: 'second' | 'minute' | 'hour' | 'day') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);

  return {
    moment: (iso: string) => moment.format(new Date(iso)),
    day: (iso: string) => day.format(new Date(iso)),
    clock: (at: number) => clock.format(at),

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
