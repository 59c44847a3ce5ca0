import { describe, expect, it } from 'vitest';
import { checkProfile } from './checks.ts';

describe('an email address', () => {
  const rules = (email: string) =>
    checkProfile({ displayName: null, email }).map(({ pointer, rule }) => `${pointer} ${rule}`);

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
