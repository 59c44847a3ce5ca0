import { describe, expect, it } from 'vitest';
import { checkCredentials } from '../checks.ts';
import { checkRegistration, passwordLength } from './checks.ts';

describe('the length of a password', () => {
  it.each([
    ['', 0],
    ['umbrella', 8],
    ['e\u0301', 1],
    ['\u{1f9e5}', 1],
    ['\u1112\u1161\u11ab', 1],
    ['\u{1f469}\u200d\u{1f4bb}', 3],
  ])('counts the code points of %j after normalisation', (password, length) => {
    expect(passwordLength(password)).toBe(length);
  });
});

describe('a registration', () => {
  const password = 'umbrella left by the door';
  const rules = (username: string, typed = password) =>
    checkRegistration({ username, password: typed }, 15).map(({ pointer, rule }) => `${pointer} ${rule}`);

  it.each(['ada', 'Ada', 'a.b-c_d', '007', 'a'.repeat(32)])('may be of %s', (username) => {
    expect(rules(username)).toEqual([]);
  });

  it.each([
    ['', 'required'],
    ['ad', 'too-short'],
    ['a'.repeat(33), 'too-long'],
    ['ada lovelace', 'bad-characters'],
    ['åda', 'bad-characters'],
    ['.ada', 'bad-characters'],
    ['ada-', 'bad-characters'],
  ])('may not be of %j: %s', (username, rule) => {
    expect(rules(username)).toEqual([`#/username ${rule}`]);
  });

  it('says how long the password is and must be', () => {
    expect(checkRegistration({ username: 'ada', password: 'umbrella!' }, 15)).toEqual([
      { pointer: '#/password', rule: 'too-short', limit: 15, actual: 9 },
    ]);
    expect(rules('ada', 'x'.repeat(257))).toEqual(['#/password too-long']);
    expect(rules('ada', 'x'.repeat(256))).toEqual([]);
  });

  it('names everything at once', () => {
    const typed = { username: '', password: '' };
    expect(checkRegistration(typed, 15).map(({ pointer }) => pointer)).toEqual(['#/username', '#/password']);
  });
});

describe('a login', () => {
  it('lacks only what is empty: nobody is told here which rules a password follows', () => {
    expect(checkCredentials({ username: '?', password: '?' })).toEqual([]);
    expect(checkCredentials({ username: '', password: '' })).toHaveLength(2);
  });
});
