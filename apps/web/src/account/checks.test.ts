import { emptyProfile, maxProfileLengths } from '@coatcheck/api-types';
import { describe, expect, it } from 'vitest';
import { checkProfile } from './checks.ts';

describe('an email address', () => {
  const rules = (email: string) =>
    checkProfile({ ...emptyProfile, email }).map(({ pointer, rule }) => `${pointer} ${rule}`);

  it.each(['jürgen@example.com', '用户@例子.广告', 'ada@bücher.example', 'ada@localhost', 'ada@[192.0.2.1]'])(
    'may be %s, as the server has it',
    (email) => {
      expect(rules(email)).toEqual([]);
    },
  );

  it('may not be what the server refuses', () => {
    expect(rules('ada@example..com')).toEqual(['#/email malformed']);
    expect(rules(`${'a'.repeat(250)}@b.example`)).toEqual(['#/email too-long']);
  });
});

describe('a profile', () => {
  it('has a greatest length for each of its fields', () => {
    const tooLong = Object.entries(maxProfileLengths).map(([field, limit]) => [field, 'x'.repeat(limit + 1)]);
    const errors = checkProfile({ ...emptyProfile, ...Object.fromEntries(tooLong) });
    expect(new Set(errors.map(({ pointer, rule }) => `${pointer} ${rule}`))).toEqual(
      new Set(Object.keys(maxProfileLengths).map((field) => `#/${field} too-long`)),
    );
    expect(errors.every(({ limit, actual }) => actual === (limit ?? 0) + 1)).toBe(true);
    expect(checkProfile({ ...emptyProfile, displayName: '🧥'.repeat(64) })).toEqual([]);
    expect(checkProfile(emptyProfile)).toEqual([]);
  });
});
