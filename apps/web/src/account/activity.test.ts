import type { Event, Session } from '@coatcheck/api-types';
import { describe, expect, it } from 'vitest';
import { rowsOf } from './activity.ts';

let ids = 0;
/** An event on 4 March 2026. @param at hours and minutes in UTC, `12:26` */
const event = (type: Event['type'], at: string, more: Partial<Event> = {}): Event => ({
  id: `e-${ids++}`,
  type,
  at: `2026-03-04T${at}:00.000Z`,
  address: '198.51.100.7',
  device: { browser: null, system: null },
  sessionId: null,
  newDevice: false,
  count: 1,
  ...more,
});
const live = [{ id: 's-1' }, { id: 's-2' }] as Session[];

describe('failed logins', () => {
  it('that follow each other are one row with the last of them, and every try counts', () => {
    const rows = rowsOf(
      [
        event('login-failed', '14:03', { id: 'last', count: 4 }),
        event('login-failed', '13:59', { count: 10 }),
        event('login-failed', '12:26'),
        event('logged-in', '12:00'),
        event('login-failed', '11:00'),
      ],
      [],
    );
    expect(rows.map(({ event, count }) => [event.type, count])).toEqual([
      ['login-failed', 15],
      ['logged-in', 1],
      ['login-failed', 1],
    ]);
    expect(rows[0]?.event.id).toBe('last');
  });

  it('are kept apart from wrong passwords of somebody who is logged in', () => {
    const rows = rowsOf(
      [
        event('password-refused', '12:30', { sessionId: 's-1', count: 2 }),
        event('login-failed', '12:20'),
        event('password-refused', '12:10', { sessionId: 's-2' }),
      ],
      live,
    );
    expect(rows.map(({ hasFailed, count }) => [hasFailed, count])).toEqual([
      [true, 2],
      [true, 1],
      [true, 1],
    ]);
    expect(rows.map(({ session }) => session)).toEqual([undefined, undefined, undefined]);
  });
});

describe('a right password without the passkey that it needs', () => {
  it('is a try without success, in a row of its own', () => {
    const rows = rowsOf(
      [event('passkey-missing', '12:30', { count: 2 }), event('login-failed', '12:20')],
      [],
    );
    expect(rows.map(({ event, hasFailed, count }) => [event.type, hasFailed, count])).toEqual([
      ['passkey-missing', true, 2],
      ['login-failed', true, 1],
    ]);
  });

  it('makes the login after it no more suspicious: its owner has just shown the passkey', () => {
    const [login] = rowsOf([event('logged-in', '12:30'), event('passkey-missing', '12:29')], []);
    expect(login?.isSuspicious).toBe(false);
  });
});

describe('a session that can be ended', () => {
  const login = (at: string, more: Partial<Event> = {}) =>
    event('logged-in', at, { sessionId: 's-1', ...more });

  it.each(['device-link-used', 'recovery-code-used', 'reset-link-used'] as const)(
    'may have begun with %s, and stands out then',
    (type) => {
      const [row] = rowsOf([event(type, '12:30', { sessionId: 's-1' })], live);
      expect(row).toMatchObject({ session: { id: 's-1' }, isSuspicious: true });
    },
  );
  const suspicious = (...events: Event[]) =>
    rowsOf(events, live)
      .filter(({ session }) => session)
      .map(({ isSuspicious }) => isSuspicious);

  it('stands at the login or the registration that began it, and nowhere else', () => {
    const rows = rowsOf(
      [
        event('profile-changed', '12:10', { sessionId: 's-1' }),
        login('12:00'),
        event('registered', '11:00', { sessionId: 's-2' }),
        event('logged-in', '10:00', { sessionId: 'ended' }),
      ],
      live,
    );
    expect(rows.map(({ session }) => session?.id)).toEqual([undefined, 's-1', 's-2', undefined]);
  });

  it('is suspicious from a new device and right after failed logins', () => {
    expect(suspicious(login('12:00'))).toEqual([false]);
    expect(suspicious(login('12:00', { newDevice: true }))).toEqual([true]);
    expect(suspicious(login('12:00'), event('login-failed', '11:59', { count: 9 }))).toEqual([true]);
    expect(suspicious(event('login-failed', '12:01'), login('12:00'), event('logged-out', '11:59'))).toEqual([
      false,
    ]);
  });
});
