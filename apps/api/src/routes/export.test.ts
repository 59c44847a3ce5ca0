import { describe, expect, it } from 'vitest';
import { minute, openCounter } from '../../test/counter.ts';
import { instant } from '../answers.ts';
import { nameHash } from '../limits.ts';

/** What stands for somebody and tells nothing about them. */
const secret = ['password_hash', 'ticket_hash', 'name_hash'];

describe('GET /me/export', () => {
  it('holds everything that the tables hold about me, and nothing secret', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    const { id } = (await ada.register('ada', { email: 'ada@example.com', remember: true })).json();
    counter.later(minute);
    await counter
      .visitor({ 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0' })
      .logIn('ada');
    await counter.visitor().logIn('ada', { password: 'not the right password' });
    await ada.send('PATCH', '/me', '{"displayName":"Ada Lovelace"}', { 'content-type': 'application/json' });
    // Longer than a piece of a random id could be by chance.
    const other = 'bea-who-is-somebody-else';
    await counter.visitor().register(other);

    const answer = await ada.get('/me/export');
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename="coatcheck-ada-\d{4}-\d\d-\d\d\.json"$/,
    );
    expect(answer.headers['cache-control']).toBe('no-store');
    const exported = leaves(answer.json());
    const tables = await counter.database.dump();
    let rows = 0;
    for (const [table, all] of Object.entries(tables)) {
      for (const row of all as Record<string, string | number | null>[]) {
        if (!Object.values(row).some((value) => value === id || value === nameHash('ada'))) continue;
        rows += 1;
        for (const [column, value] of Object.entries(row)) {
          if (secret.includes(column)) expect(exported).not.toContain(value);
          else expect(exported, `${table}.${column}`).toContain(shown(column, value));
        }
      }
    }
    // The account, two sessions, one network, one failure, four events.
    expect(rows).toBe(9);
    expect(answer.body).not.toContain(other);
    expect(answer.body).not.toContain(ada.ticket);
  });

  it('asks who is there', async () => {
    const counter = await openCounter();
    expect((await counter.visitor().get('/me/export')).json().reason).toBe('no-cookie');
  });
});

/** A column's value as the export has it. */
function shown(column: string, value: string | number | null) {
  if (/(^|_)at$/.test(column)) return instant(Number(value));
  if (['remember', 'new_device'].includes(column)) return value === 1;
  // No familiar network, and nothing remembered.
  if (column === 'network') return value || null;
  return column === 'remembered' ? null : value;
}

/** All that stands in a JSON value, however deep. */
const leaves = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value];
