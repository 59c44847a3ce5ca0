import { escapeControls } from './http/controls.ts';

/** A setting that cannot work. The message is one line: the variable, what is wrong, what would be right. */
export class ConfigError extends Error {}

/** Readers of single variables. Each throws {@link ConfigError} when the value cannot work. */
export interface Settings {
  /** The value without blanks around it. @param fallback stands for a variable that is missing or empty. */
  text(name: string, fallback: string): string;
  /** The parts of a value between commas; none for a variable that is missing or empty. */
  list(name: string): string[];
  /** A whole number within these bounds. */
  integer(name: string, fallback: number, bounds: { min: number; max: number }): number;
  /** A time span such as `2h`. @returns milliseconds, more than 0. */
  duration(name: string, fallback: string): number;
  /** @returns the value, if it is one of `values`. */
  oneOf<Value extends string>(name: string, values: readonly Value[], fallback: Value): Value;
  /** @param wrong what is wrong with the value. @param right what would be right. */
  refuse(name: string, wrong: string, right: string): never;
}

const minuteMs = 60_000;
const unitsOfTime: Record<string, number> = {
  s: 1000,
  m: minuteMs,
  h: 60 * minuteMs,
  d: 24 * 60 * minuteMs,
};

/** @returns the milliseconds of a time span such as `2h`, more than 0; undefined: the text is none. */
export function millisecondsIn(span: string): number | undefined {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(span) ?? [];
  const milliseconds = Number(count) * (unitsOfTime[unit ?? ''] ?? Number.NaN);
  return milliseconds > 0 ? milliseconds : undefined;
}

/** Reads from these variables. */
export function settingsIn(env: Record<string, string | undefined>): Settings {
  const text = (name: string, fallback: string) => env[name]?.trim() || fallback;
  const refuse = (name: string, wrong: string, right: string): never => {
    throw new ConfigError(`${name} ${wrong}. ${right}`);
  };

  return {
    text,
    refuse,

    list: (name) =>
      text(name, '')
        .split(',')
        .map((item) => item.trim())
        .filter(Boolean),

    integer(name, fallback, { min, max }) {
      const value = text(name, String(fallback));
      const number = Number(value);
      if (!/^\d+$/.test(value) || number < min || number > max) {
        refuse(name, `is ${quote(value)}`, `Set a whole number from ${min} to ${max}, like ${fallback}.`);
      }
      return number;
    },

    duration(name, fallback) {
      const value = text(name, fallback);
      const hint = `Set a number followed by s, m, h or d, like ${fallback}.`;
      return millisecondsIn(value) ?? refuse(name, `is ${quote(value)}`, hint);
    },

    oneOf(name, values, fallback) {
      const value = text(name, fallback);
      const known = values.find((each) => each === value);
      return known ?? refuse(name, `is ${quote(value)}`, `Set one of ${values.join(', ')}.`);
    },
  };
}

/** @returns a value in quotes, as JSON: no line break or control character of it reaches a terminal. */
export const quote = (value: string): string => escapeControls(JSON.stringify(value));
