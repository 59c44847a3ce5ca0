import { expect, it } from 'vitest';
import { openCounter } from '../../test/counter.ts';
import { escapeLines } from './controls.ts';

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

it('a text for a terminal keeps its lines, and nothing else that a terminal obeys', () => {
  expect(escapeLines('a\nb\r\x1b[31m\x9b31m\u202e\tc')).toBe('a\nb\\r\\u001b[31m\\u009b31m\\u202e\\tc');
});
