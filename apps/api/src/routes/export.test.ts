import { once } from 'node:events';
import { type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import type { Event } from '@coatcheck/api-types';
import { Export } from '@coatcheck/api-types/schemas';
import { Value } from 'typebox/value';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { at } from '../../test/base-path.ts';
import { type Counter, minute, openCounter, password, type Visitor } from '../../test/counter.ts';
import { writeEvents, writeSessions } from '../../test/history.ts';
import { nameHash } from '../password/limits.ts';
import { StoreUnavailable } from '../store/errors.ts';
import { instant } from './views.ts';

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

  it('comes page by page, each event once, and is what the schema says', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    const { id } = (await ada.register('ada')).json();
    await writeEvents(counter.database, id, 'logged-in', 1_234, Date.now());
    await writeSessions(counter.database, id, 99, Date.now());
    const answer = await ada.get('/me/export');
    const exported = answer.json();
    expect(Value.Check(Export, exported)).toBe(true);
    expect(exported.sessions).toHaveLength(100);
    const ids = exported.events.map((event: Event) => event.id);
    expect(new Set(ids).size).toBe(1_235);
    const times = exported.events.map((event: Event) => event.at);
    expect(times).toEqual(times.toSorted().toReversed());
    const pages = vi.spyOn(counter.store, 'eventsOf');
    expect((await ada.send('HEAD', '/me/export')).statusCode).toBe(200);
    expect(pages).not.toHaveBeenCalled();
  });

  it('holds nobody up over 10,000 events', async () => {
    const counter = await openCounter({ LOG_LEVEL: 'silent' });
    const ada = counter.visitor();
    const { id } = (await ada.register('ada')).json();
    await writeEvents(counter.database, id, 'logged-in', 10_000, Date.now());
    const longest: number[] = [];
    for (let run = 0; run < 3; run += 1) {
      let isDone = false;
      const asked = ada.get('/me/export').finally(() => {
        isDone = true;
      });
      let most = 0;
      // What this thread computes between two turns of its loop, in ms.
      for (let before = process.threadCpuUsage(); !isDone; before = process.threadCpuUsage()) {
        await turn();
        const { user, system } = process.threadCpuUsage(before);
        most = Math.max(most, (user + system) / 1_000);
      }
      expect((await asked).json().events).toHaveLength(10_001);
      longest.push(most);
    }
    expect(Math.min(...longest), `${longest}`).toBeLessThan(20);
  });

  describe('that cannot be finished', () => {
    /** Asks over a real connection and reads until the first piece has come. */
    async function begin(counter: Counter, ada: Visitor) {
      await counter.app.listen({ port: 0 });
      const { port } = counter.app.server.address() as AddressInfo;
      const answer = await new Promise<IncomingMessage>((resolve, reject) => {
        const headers = { cookie: `coatcheck=${ada.ticket}` };
        request({ port, path: at('/me/export'), headers }, resolve)
          .on('error', reject)
          .end();
      });
      expect(answer.statusCode).toBe(200);
      onTestFinished(() => void answer.destroy());
      return answer;
    }

    async function someone() {
      const counter = await openCounter();
      counter.expectFaults();
      const ada = counter.visitor();
      const { id } = (await ada.register('ada')).json();
      // More than the buffers of two sockets hold.
      await writeEvents(counter.database, id, 'logged-in', 40_000, Date.now());
      return { counter, ada };
    }

    it('is cut, so that half of it does not pass for the whole', async () => {
      const { counter, ada } = await someone();
      const failing = vi.spyOn(counter.store, 'eventsOf').mockRejectedValue(new StoreUnavailable('gone'));
      const answer = await begin(counter, ada);
      await expect(text(answer)).rejects.toThrow(/aborted/);
      failing.mockRestore();
    });

    it('is cut when the account is deleted meanwhile', async () => {
      const { counter, ada } = await someone();
      const answer = await begin(counter, ada);
      answer.pause();
      const left = counter.visitor();
      left.ticket = ada.ticket;
      const json = { 'content-type': 'application/json' };
      expect((await left.send('DELETE', '/me', JSON.stringify({ password }), json)).statusCode).toBe(204);
      await expect(text(answer)).rejects.toThrow(/aborted/);
    });

    it('is no more than a few pages ahead of whoever reads slowly', async () => {
      const { counter, ada } = await someone();
      const pages = vi.spyOn(counter.store, 'eventsOf');
      const asked = once(counter.app.server, 'request');
      const answer = await begin(counter, ada);
      const [, sent]: ServerResponse[] = await asked;
      answer.pause();
      // Until the buffers of both sockets are full: the answer waits for one to drain, and none does.
      for (let waits = 0; waits < 100 && !sent?.writableEnded; ) {
        await turn();
        waits = sent?.writableNeedDrain ? waits + 1 : 0;
      }
      expect(pages.mock.calls.length).toBeLessThan(180);
      expect(JSON.parse(await text(answer)).events).toHaveLength(40_001);
    });
  });

  it('is given ten times an hour', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const answers = await Promise.all(Array.from({ length: 12 }, () => ada.get('/me/export')));
    expect(answers.filter((answer) => answer.statusCode === 200)).toHaveLength(10);
    expect(answers.filter((answer) => answer.statusCode === 429)).toHaveLength(2);
    counter.later(60 * minute + 1);
    expect((await ada.get('/me/export')).statusCode).toBe(200);
  });

  it('counts no call that only asks about it', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    for (let more = 0; more < 11; more += 1) await ada.send('HEAD', '/me/export');
    expect((await ada.get('/me/export')).statusCode).toBe(200);
  });

  it('asks who is there', async () => {
    const counter = await openCounter();
    expect((await counter.visitor().get('/me/export')).json().reason).toBe('no-cookie');
  });
});

/** A column's value as the export has it. */
function shown(column: string, value: string | number | null) {
  if (/(^|_)at$/.test(column)) return value === null ? null : instant(Number(value));
  if (['remember', 'new_device'].includes(column)) return value === 1;
  // No familiar network, and nothing remembered.
  if (column === 'network') return value || null;
  return column === 'remembered' ? null : value;
}

/** All that stands in a JSON value, however deep. */
const leaves = (value: unknown): unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value];
