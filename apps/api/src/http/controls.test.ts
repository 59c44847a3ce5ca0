import { expect, it } from 'vitest';
import { openCounter } from '../../test/counter.ts';
import { escapeControls, escapeLines } from './controls.ts';

it('no answer carries what a terminal obeys, whoever wrote it and whenever', async () => {
  const counter = await openCounter();
  const ada = counter.visitor();
  await ada.register('ada');
  const words = 'a\u009b31m\u202eb\u007f';
  await counter.database.query(`UPDATE accounts SET display_name = '${words}'`);
  const json = { 'content-type': 'application/json' };
  await ada.send('PATCH', '/session', JSON.stringify({ [words]: words }), json);
  for (const path of ['/me', '/session', '/me/export']) {
    const answer = await ada.get(path);
    expect(answer.body).toContain('a\\u009b31m\\u202eb\\u007f');
    expect(answer.body).not.toMatch(/[\u007f-\u009f\u202e]/);
  }
  expect((await ada.get('/me')).json().displayName).toBe(words);
});

it('JSON escapes all that a terminal obeys, means the same as before, and leaves other text alone', () => {
  const points = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join('');
  const lineEnds = '\u2028\u2029';
  const directions = `\u061c\u200e\u200f${points(0x202a, 0x202e)}${points(0x2066, 0x2069)}`;
  const obeyed = points(0, 0x1f) + points(0x7f, 0x9f) + lineEnds + directions;
  const json = escapeControls(JSON.stringify({ [obeyed]: obeyed }));
  expect(json).toMatch(/^[ -~]+$/);
  expect(JSON.parse(json)).toEqual({ [obeyed]: obeyed });

  const other = JSON.stringify(
    `${points(0x20, 0x7e)}${points(0xa0, 0xff)}\u200b\u200c\u200d 🧥 用户 عدا \ufeff`,
  );
  expect(escapeControls(other)).toBe(other);
});

it('a text for a terminal keeps its lines, and nothing else that a terminal obeys', () => {
  expect(escapeLines('a\nb\r\x1b[31m\x9b31m\u202e\tc')).toBe('a\nb\\r\\u001b[31m\\u009b31m\\u202e\\tc');
});
