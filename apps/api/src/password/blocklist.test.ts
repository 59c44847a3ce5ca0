import { describe, expect, it } from 'vitest';
import { createBlocklist } from './blocklist.ts';

describe('the blocklist', () => {
  const isCommon = createBlocklist(15);

  it.each([
    ['Mailcreated5240', 'on the list'],
    ['POLNIYPIZDEC0211', 'on the list in another case'],
    ['aaaaaaaaaaaaaaa', 'one character'],
    ['hathathathathatha', 'one word, cut off at the end'],
    ['098765432109876', 'digits backwards'],
    ['abcdefgh12345678', 'two rows'],
    ['qwertzuiopasdfg', 'a German keyboard'],
    ['1qaz2wsx3edc4rfv', 'a keyboard’s columns'],
    ['111222333444555', 'characters in threes'],
  ])('has %s: %s', async (password) => {
    expect(await isCommon(password)).toBe(true);
  });

  it.each(['umbrella left by the door', 'abacus and an abstract hat', 'four coats, 2 hats, 1 cane'])(
    'has not %s',
    async (password) => {
      expect(await isCommon(password)).toBe(false);
    },
  );

  it('holds common ones of every length that can be chosen', async () => {
    expect(await createBlocklist(8)('trustno1')).toBe(true);
  });
});
