/** Whether a password is among the first that a guesser tries: on the list of common ones, or following a plain pattern. */
export function isCommon(password: string): boolean {
  const lower = password.toLowerCase();
  return isRepetition(lower) || isMadeOfRuns(lower);
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
