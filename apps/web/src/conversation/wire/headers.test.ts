import { describe, expect, it } from 'vitest';
import { words as en } from '../../i18n/en/conversation.ts';
import { attributes, cookie, exchange, session, told } from '../recording/examples.ts';
import type { Exchange } from '../recording/exchange.ts';
import { requestLines, responseLines } from './headers.ts';

describe('the header lines', () => {
  const moment = (iso: string) => iso;
  const values = (of: Exchange) =>
    responseLines(of, en, moment).map(({ name, value }) => `${name}: ${value}`);

  it('show the ticket’s place and never its value', () => {
    const asked = exchange('GET /session', { sent: true, told: told({ session }) });
    expect(requestLines(asked, en)).toEqual([
      { name: 'Cookie', value: 'coatcheck=••••', explained: [en.headers.cookie], hidden: true },
    ]);
  });

  it('say how long a ticket is kept that outlives the browser', () => {
    const remembering = {
      ...session,
      remember: true,
      createdAt: '2026-11-26T12:00:00.000Z',
      expiresAt: '2026-12-26T12:00:00.000Z',
    };
    const expires = '2026-12-26T12:00:00.000Z';
    const kept = told({
      session: remembering,
      cookie: { ...cookie, attributes: { ...attributes, expires } },
    });
    expect(values(exchange('POST /login', { cookie: 'given', told: kept }))).toEqual([
      'Set-Cookie: coatcheck=••••; Max-Age=2592000; Path=/; Expires=Sat, 26 Dec 2026 12:00:00 GMT; HttpOnly; SameSite=Lax',
    ]);
  });

  it('say how a ticket is thrown away', () => {
    expect(values(exchange('POST /logout', { cookie: 'cleared', before: told() }))).toEqual([
      'Set-Cookie: coatcheck=; Max-Age=0; Path=/; Expires=Thu, 01 Jan 1970 00:00:00 GMT; HttpOnly; SameSite=Lax',
    ]);
  });

  it('explain no answer of something else', () => {
    const responseHeaders: Exchange['responseHeaders'] = [['content-type', 'text/html']];
    const [line] = responseLines(exchange('GET /session', { responseHeaders, foreign: true }), en, moment);
    expect(line).toEqual({ name: 'Content-Type', value: 'text/html', explained: [] });
  });
});
