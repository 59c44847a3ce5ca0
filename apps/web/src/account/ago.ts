import type { Language } from '../i18n/languages.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** A moment further back than this many days is told by its date. */
const maxDaysAgo = 30;

/** The parts of a language that a relative time needs besides `Intl.RelativeTimeFormat`. */
interface AgoWords {
  justNow: string;
  /** "14:05". */
  clock(iso: string): string;
  /** "3 March 2026". */
  day(iso: string): string;
}

/**
 * How long ago something happened: "just now", "12 minutes ago", "3 hours ago" on the same day, "yesterday, 18:20",
 * "9 days ago", "3 March 2026". A moment in the future is "just now": two clocks may differ.
 * @param iso the moment, ISO 8601
 * @param now milliseconds since 1970
 */
export function ago(iso: string, now: number, language: Language, { justNow, clock, day }: AgoWords): string {
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const minutes = Math.floor((now - Date.parse(iso)) / minuteMs);
  if (minutes < 1) return justNow;
  if (minutes < 60) return relative.format(-minutes, 'minute');
  // A day of the calendar has 23 to 25 hours.
  const days = Math.round((midnight(now) - midnight(Date.parse(iso))) / dayMs);
  if (days === 0) return relative.format(-Math.floor(minutes / 60), 'hour');
  if (days === 1) return `${relative.format(-1, 'day')}, ${clock(iso)}`;
  return days > maxDaysAgo ? day(iso) : relative.format(-days, 'day');
}

const midnight = (at: number) => new Date(at).setHours(0, 0, 0, 0);
