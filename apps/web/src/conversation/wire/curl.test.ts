import { describe, expect, it } from 'vitest';
import { exchange, refused } from '../recording/examples.ts';
import type { Exchange } from '../recording/exchange.ts';
import { curlOf } from './curl.ts';

describe('the line for a terminal', () => {
  it.each<[string, Partial<Exchange>, string]>([
    ['GET /session', {}, 'curl -i http://localhost:3000/session'],
    ['GET /me', { sent: true }, 'curl -i -b "coatcheck=$TICKET" http://localhost:3000/me'],
    ['POST /logout', {}, 'curl -i -X POST http://localhost:3000/logout'],
    ['GET /me/activity', { query: '?limit=5' }, `curl -i 'http://localhost:3000/me/activity?limit=5'`],
    [
      'PATCH /session',
      { body: `{"likes":"cats' paws"}` },
      `curl -i -X PATCH --json '{"likes":"cats'\\'' paws"}' http://localhost:3000/session`,
    ],
    [
      'POST /login',
      { body: '{}', origin: 'http://elsewhere', problem: refused('origin-not-allowed') },
      `curl -i -H 'Origin: http://elsewhere' --json '{}' http://localhost:3000/login`,
    ],
  ])('%s %o', (call, about, line) => {
    expect(curlOf(exchange(call, about), 'http://localhost:3000')).toBe(line);
  });
});
