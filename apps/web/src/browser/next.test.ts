import { describe, expect, it } from 'vitest';
import { isPage, leadingTo, nextPlace } from './next.ts';

const here = 'https://coats.example';
const notes = 'https://notes.example.com';
const leadsTo = [notes, 'http://localhost:5173', 'https://wiki.example.com:8443'];
const placeIn = (next: string, origins: readonly string[] = leadsTo) =>
  nextPlace(`?${new URLSearchParams({ next })}`, here, origins);

describe('where to go on to', () => {
  it.each(['/account', '/account?tab=2#now', '/conversation', '/notes/', '/?next=https://elsewhere.example'])(
    'is a path of this origin: %s',
    (next) => {
      expect(placeIn(next)).toEqual({ href: next });
      expect(placeIn(next, [])).toEqual({ href: next });
    },
  );

  it.each([
    ['https://notes.example.com', 'https://notes.example.com/', 'notes.example.com'],
    ['https://notes.example.com/', 'https://notes.example.com/', 'notes.example.com'],
    ['https://notes.example.com/a?b=c@d#e', 'https://notes.example.com/a?b=c@d#e', 'notes.example.com'],
    ['https://notes.example.com?b=c', 'https://notes.example.com/?b=c', 'notes.example.com'],
    ['https://notes.example.com#e', 'https://notes.example.com/#e', 'notes.example.com'],
    ['https://notes.example.com:443/a', 'https://notes.example.com/a', 'notes.example.com'],
    ['HTTPS://Notes.Example.com/a', 'https://notes.example.com/a', 'notes.example.com'],
    ['https://notes.example.com/login', 'https://notes.example.com/login', 'notes.example.com'],
    ['http://localhost:5173/notes', 'http://localhost:5173/notes', 'localhost:5173'],
    ['https://wiki.example.com:8443/', 'https://wiki.example.com:8443/', 'wiki.example.com:8443'],
  ])('is a page of an origin that the server names: %s', (next, href, host) => {
    expect(placeIn(next)).toEqual({ href, host });
    expect(placeIn(next, [])).toBeUndefined();
  });

  it.each([
    'https://elsewhere.example/',
    // Of this origin, in a way that no app writes.
    'https://ada@coats.example/notes',
    'https://coats.example\\notes',
    'https:/coats.example/notes',
    'https://coats.example/no\ttes',
    'http://coats.example/notes',
    'https://coats.example:8443/notes',
    'https://coats.example//elsewhere.example/',
    'https://coats.example/.//elsewhere.example/',
    'https://coats.example/login',
    '//elsewhere.example/',
    '/\\elsewhere.example/',
    '\\\\elsewhere.example/',
    '/\t/elsewhere.example/',
    '/.//elsewhere.example/',
    '/x/..//elsewhere.example/',
    ' //elsewhere.example/',
    'javascript:alert(1)',
    'data:text/html,hello',
    'https:elsewhere.example',
    'account',
    '//',
    '',
    'null',
    // Almost an origin that the server names.
    'http://notes.example.com/',
    'https://notes.example.com:8443/',
    'https://notes.example.com.elsewhere.example/',
    'https://notes.example.com./',
    'https://sub.notes.example.com/',
    'https://example.com/',
    'http://localhost/',
    'https://localhost:5173/',
    'https://wiki.example.com/',
    '//notes.example.com/',
    'https:notes.example.com/',
    'https:/notes.example.com/',
    'https:///notes.example.com/',
    'https:\\\\notes.example.com/',
    'https://notes.example.com\\@elsewhere.example/',
    'https://elsewhere.example\\@notes.example.com/',
    'https://elsewhere.example#@notes.example.com/',
    'https://elsewhere.example/https://notes.example.com/',
    'https://notes.example.com@elsewhere.example/',
    'https://notes.example.com:443@elsewhere.example/',
    // That origin, in a way that no app writes.
    'https://ada@notes.example.com/',
    'https://ada:secret@notes.example.com/',
    'https://@notes.example.com/',
    'https://notes.example.com/a\\b',
    ' https://notes.example.com/',
    'https://notes.example.com/\n',
    'https://notes.exa\tmple.com/',
    'https://notes.example.com/a b',
    '\u0000https://notes.example.com/',
    'blob:https://notes.example.com/1',
    'view-source:https://notes.example.com/',
    'wss://notes.example.com/',
    'ftp://notes.example.com/',
    'https://notes.example.com:0/',
    'https://notes.example.com:99999/',
    // These paths would lead round in circles.
    '/login',
    '/login?next=/login',
    '/register',
    '/recover',
    '/enter#token',
    '/goodbye?next=/',
  ])('is nothing else: %j', (next) => {
    expect(placeIn(next)).toBeUndefined();
  });

  it.each([
    ['/notes?page=2#now', '/notes?page=2#now'],
    [`${here}/notes?page=2#now`, '/notes?page=2#now'],
    ['/%5celsewhere.example', '/%5celsewhere.example'],
    ['/%2felsewhere.example', '/%2felsewhere.example'],
    [here, '/'],
  ])('is a path of this origin, whoever else the server names: %s', (next, href) => {
    expect(placeIn(next, [here])).toEqual({ href });
    expect(placeIn(next, [])).toEqual({ href });
  });

  it('leads in no circle where the server names this very origin', () => {
    expect(placeIn(`${here}/login`, [here])).toBeUndefined();
  });

  it('is nothing when nothing was asked for', () => {
    expect(nextPlace('', here, leadsTo)).toBeUndefined();
    expect(leadingTo('/login', undefined)).toBe('/login');
  });

  it.each(['/account?tab=2', `${notes}/a?b=c&d=e#f`])('goes along from page to page: %s', (href) => {
    const address = new URL(leadingTo('/register', href), here);
    expect(nextPlace(address.search, here, leadsTo)?.href).toBe(href);
  });

  it('is loaded anew unless it is a page of this SPA', () => {
    const loaded = ['/', '/account/sessions?a#b', '/accounts', '/notes', '/docs', `${notes}/account`].map(
      (href) => isPage({ href }),
    );
    expect(loaded).toEqual([true, true, false, false, false, false]);
  });
});
