import { describe, expect, it } from 'vitest';
import { openCounter } from '../../test/counter.ts';

describe('PATCH /me', () => {
  async function patched(change: object) {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada', { email: 'ada@example.com' });
    const json = { 'content-type': 'application/json' };
    const answer = await ada.send('PATCH', '/me', JSON.stringify(change), json);
    return { answer, me: (await ada.get('/me')).json() };
  }

  it.each([
    [{ displayName: 'Ada Lovelace' }, { displayName: 'Ada Lovelace', email: 'ada@example.com' }],
    [{ email: null }, { displayName: null, email: null }],
    [
      { displayName: '🧥'.repeat(64), email: 'a@b.example' },
      { displayName: '🧥'.repeat(64), email: 'a@b.example' },
    ],
    [{ displayName: '<script>\u202Eada' }, { displayName: '<script>\u202Eada' }],
    [{ displayName: 'عدا \u200fלאבלייס\u200c' }, { displayName: 'عدا \u200fלאבלייס\u200c' }],
    [{ email: 'jürgen@example.com' }, { displayName: null, email: 'jürgen@example.com' }],
    [{ email: '用户@例子.广告' }, { displayName: null, email: '用户@例子.广告' }],
    [{ email: 'ada@bücher.example' }, { displayName: null, email: 'ada@bücher.example' }],
    [{}, { displayName: null, email: 'ada@example.com' }],
  ])('%j is written, and the rest stays', async (change, expected) => {
    const { answer, me } = await patched(change);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject(expected);
    expect(me).toEqual(answer.json());
  });

  it.each([
    [{ displayName: 'x'.repeat(65) }, '#/displayName', 'too-long'],
    [{ displayName: '' }, '#/displayName', 'too-short'],
    [{ displayName: 5 }, '#/displayName', 'wrong-type'],
    [{ email: 'nowhere' }, '#/email', 'malformed'],
    [{ email: 'ada\u202e@example.com' }, '#/email', 'malformed'],
    [{ email: `${'ü'.repeat(250)}@b.example` }, '#/email', 'too-long'],
    [{ username: 'eve' }, '#/username', 'unknown-field'],
    [{ displayName: 'a\0b' }, '#/displayName', 'bad-characters'],
  ])('%j is refused, and nothing is changed', async (change, pointer, rule) => {
    const { answer, me } = await patched(change);
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors).toMatchObject([{ pointer, rule }]);
    expect(me).toMatchObject({ displayName: null, email: 'ada@example.com' });
  });

  it('is done sixty times an hour, whoever asks at once, and counted by account', async () => {
    const counter = await openCounter();
    const [ada, bea] = [counter.visitor(), counter.visitor()];
    await ada.register('ada');
    await bea.register('bea');
    const rename = (visitor: typeof ada, name: string) =>
      visitor.send('PATCH', '/me', JSON.stringify({ displayName: name }), {
        'content-type': 'application/json',
      });
    const answers = await Promise.all(Array.from({ length: 70 }, (_, at) => rename(ada, `Ada ${at}`)));
    expect(answers.filter((answer) => answer.statusCode === 200)).toHaveLength(60);
    expect(answers.filter((answer) => answer.statusCode === 429)).toHaveLength(10);
    expect((await rename(bea, 'Bea')).statusCode).toBe(200);
    counter.later(60 * 60_000 + 1);
    expect((await rename(ada, 'Ada')).statusCode).toBe(200);
  });
});
