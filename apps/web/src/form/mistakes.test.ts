import type { Problem } from '@coatcheck/api-types';
import { describe, expect, it } from 'vitest';
import { words as de } from '../i18n/de/page.ts';
import { words as ofNew } from '../i18n/en/new-password.ts';
import { words as en } from '../i18n/en/page.ts';
import type { Failure } from '../session/failure.ts';
import { failureSentence, mistakesOf } from './mistakes.ts';

const inputs = { '#/username': 'new-username', '#/password': 'new-password', '#/email': 'email' };
const of = (failure: Failure, seconds = 0) =>
  mistakesOf(failure, inputs, 'Ada', seconds, en, { password: ofNew.field });
const problem = (about: Partial<Problem>) =>
  ({ title: '', detail: 'The server’s own sentence', ...about }) as Problem;

describe('a failure in words', () => {
  it('stands beside the input that the pointer names', () => {
    const errors = [
      { pointer: '#/username', rule: 'bad-characters' as const },
      { pointer: '#/password', rule: 'too-short' as const, limit: 15, actual: 9 },
    ];
    expect(of({ type: 'mistyped', errors })).toEqual([
      { words: 'Username must start and end with a letter or a digit', inputs: ['new-username'] },
      { words: 'Password must be at least 15 characters. This one has 9', inputs: ['new-password'] },
    ]);
  });

  it('is told in the words of the form where the form has its own', () => {
    const own = { '/problems/invalid-credentials': 'Wrong username or recovery code' } as const;
    const refused = problem({ type: '/problems/invalid-credentials', status: 401 });
    const inputs = { '#/username': 'username', '#/code': 'recovery-code' };
    expect(mistakesOf(refused, inputs, 'Ada', 0, en, {}, own)).toEqual([
      { words: 'Wrong username or recovery code', inputs: ['recovery-code', 'username'] },
    ]);
  });

  it('names the username as the server keeps it', () => {
    expect(of(problem({ type: '/problems/username-taken', status: 409 }))).toEqual([
      { words: 'ada is taken. Choose another username, or log in if it is yours', inputs: ['new-username'] },
    ]);
  });

  it('does not tell which of the two was wrong', () => {
    expect(of(problem({ type: '/problems/invalid-credentials', status: 401 }))).toEqual([
      {
        words: 'Wrong username or password. Check both and try again',
        inputs: ['new-username', 'new-password'],
      },
    ]);
  });

  it.each([
    [42, 'Too many tries. Try again in 42 seconds'],
    [1, 'Too many tries. Try again in 1 second'],
    [3_599, 'Too many tries. Try again in 60 minutes'],
    [0, 'Too many tries. Try again now'],
  ])('counts down: %i', (seconds, words) => {
    const limited = problem({ type: '/problems/too-many-requests', status: 429, retryAfter: 42 });
    expect(of(limited, seconds)).toEqual([{ words, inputs: [] }]);
  });

  it('is about the whole form when no input can be meant', () => {
    const errors = [{ pointer: '#/displayName', rule: 'unknown-field' as const, detail: '' }];
    expect(of(problem({ type: '/problems/invalid-request', status: 400, errors }))).toEqual([
      { words: en.mismatch, inputs: [] },
    ]);
    expect(of({ type: 'no-answer' })).toEqual([
      { words: 'No answer. Check your connection and try again.', inputs: [] },
    ]);
  });

  it.each([
    [431, 'Delete this site’s cookies and try again'],
    [413, 'Shorten what you typed and try again'],
    [408, 'Check your connection and try again'],
    [502, 'The server behind this address does not answer. Try again in a moment'],
    [504, 'The server behind this address does not answer. Try again in a moment'],
    [200, 'Something else answered in the server’s place. Check your connection'],
    [429, 'Too many requests. Wait a moment, then try again'],
    [401, 'Something else answered in the server’s place. Check the address'],
    [403, 'Something else answered in the server’s place. Check the address'],
    [404, 'Something else answered in the server’s place. Check the address'],
    [500, 'Something else answered in the server’s place. Check the address'],
  ])('tells an answer of something else from none, and says what to do: %i', (status, words) => {
    const [mistake, ...more] = of({ type: 'foreign-answer', status });
    expect(mistake?.words).toContain(words);
    expect(mistake?.words).not.toMatch(/^No answer/);
    expect(more).toEqual([]);
  });

  it('passes on the address that only the server knows', () => {
    expect(of(problem({ type: '/problems/origin-not-allowed', status: 403 }))).toEqual([
      { words: 'The server’s own sentence', inputs: [] },
    ]);
  });
});

describe('what went wrong with a question that is asked again by itself', () => {
  const failures: Failure[] = [
    problem({ type: '/problems/unavailable', status: 503, retryAfter: 29 }),
    problem({ type: '/problems/too-many-requests', status: 429, retryAfter: 29 }),
    problem({ type: '/problems/internal-error', status: 500 }),
    problem({ type: '/problems/not-found', status: 404 }),
    { type: 'no-answer' },
    ...[200, 401, 403, 404, 408, 413, 429, 431, 500, 502].map(
      (status) => ({ type: 'foreign-answer', status }) as const,
    ),
  ];
  const catalogues = { en, de };

  it.each(['en', 'de'] as const)('is told in whole sentences that agree with each other: %s', (language) => {
    for (const failure of failures) {
      const told = failureSentence(failure, catalogues[language]);
      expect(told).toMatch(/[a-zöü]\.$/);
      // Either the page does it, or the person: never both.
      const byItself = /automatically|von selbst/.test(told);
      expect(byItself && /try again|noch einmal/i.test(told), told).toBe(false);
    }
    // A person who has typed nothing has asked for nothing.
    const tooLong = failureSentence({ type: 'foreign-answer', status: 413 }, catalogues[language]);
    expect(tooLong).not.toMatch(/typed|getippt/);
    const busy = failureSentence(failures[0] as Failure, catalogues[language]);
    expect(busy).toMatch(/automatically\.$|von selbst weiter\.$/);
  });
});

describe('the words on the screen', () => {
  const said = (words: unknown): string[] => {
    if (typeof words === 'string') return [words];
    if (typeof words === 'function') return [String(words)];
    return Object.values(words as object).flatMap(said);
  };

  it('promise nothing that a setting or another way to end a session makes untrue', () => {
    for (const words of [en, de]) {
      expect(words.rememberHint).not.toMatch(/until you log out|bis du dich abmeldest/i);
      // There are more ways than can be named: an operator’s reset, the 101st session, an account that was removed.
      expect(words.reasons.revoked(undefined)).toMatch(/for example|zum Beispiel/);
      expect(words.reasons.replaced(undefined)).toMatch(/registration.*password|Registrierung.*Passwort/);
    }
  });

  it('are those of the house', () => {
    const strange =
      /\b(please|sorry|oops|invalid|sign[- ]?(in|up)|token|credentials|unauthori[sz]ed|revoke|terminate|user)\b/i;
    expect(said(en).filter((sentence) => strange.test(sentence))).toEqual([]);
  });
});
