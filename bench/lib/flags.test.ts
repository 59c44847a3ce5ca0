import { describe, expect, it } from 'vitest';
import { readFlags, UsageError } from './flags.ts';

const rows = ['me', 'login', 'start'];

describe('the flags', () => {
  it('measure every row in five rounds unless told otherwise', () => {
    expect(readFlags([], rows)).toMatchObject({ rows, rounds: 5, seconds: 5, json: false });
  });

  it('take rows by comma and one by one, and keep the order of the table', () => {
    const args = ['--', '--only', 'start', '--only=login,me', '--rounds', '2', '--json'];
    expect(readFlags(args, rows)).toMatchObject({ rows, rounds: 2, json: true });
    expect(readFlags(['--only', 'start,me'], rows).rows).toEqual(['me', 'start']);
  });

  it.each([
    [['--only', 'you'], 'There is no row "you". Known rows are me, login, start.'],
    [
      ['--fast'],
      "Unknown option '--fast'. Known flags are --only ROW[,ROW…], --rounds N, --seconds N, --sessions N, --out FOLDER and --json.",
    ],
    [['--rounds', '0'], '--rounds takes a whole number from 1 up, and not "0".'],
    [['--sessions', '1e7'], '--sessions takes a whole number from 20000 up, and not "1e7".'],
  ])('refuse %j', (args, message) => {
    expect(() => readFlags(args, rows)).toThrow(new UsageError(message));
  });
});
