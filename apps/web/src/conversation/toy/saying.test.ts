import { describe, expect, it } from 'vitest';
import { words as en } from '../../i18n/en/conversation.ts';
import { printOf } from '../../ticket/number.ts';
import { ada, exchange, session, told } from '../recording/examples.ts';
import type { Exchange } from '../recording/exchange.ts';
import { answerOf, howSaid, lastSaid, sessionOf } from './saying.ts';

const { number } = printOf(session.id);
const remembered = { likes: 'cats' };
const { toy, answer } = en;

describe('the answer panel', () => {
  it.each<[string, Partial<Exchange>, string, string, string | undefined]>([
    ['GET /session', { told: told() }, toy.withNone, answer.stranger, undefined],
    ['GET /session', { omitsCredentials: true, told: told() }, toy.without, answer.stranger, undefined],
    [
      'PATCH /session',
      { cookie: 'given', told: told({ session, remembered }) },
      toy.toldAndGot(number),
      answer.willRemember('cats'),
      session.id,
    ],
    [
      'PATCH /session',
      { sent: true, told: told({ session, remembered }) },
      toy.toldWithTicket,
      answer.willRemember('cats'),
      session.id,
    ],
    // The ticket of a session that had ended was no ticket any more, so the server gave another one.
    [
      'PATCH /session',
      { sent: true, cookie: 'given', told: told({ session, remembered }) },
      toy.toldAndGot(number),
      answer.willRemember('cats'),
      session.id,
    ],
    [
      'GET /session',
      { sent: true, told: told({ session, remembered }) },
      toy.withTicket,
      answer.likes('cats'),
      session.id,
    ],
    ['GET /session', { sent: true, told: told({ session }) }, toy.withTicket, answer.guest, session.id],
    [
      'GET /session',
      { sent: true, told: told({ session, user: ada }) },
      toy.withTicket,
      answer.user('ada'),
      session.id,
    ],
    [
      'GET /session',
      { sent: true, told: told({ session, user: ada, remembered }) },
      toy.withTicket,
      answer.userLikes('ada', 'cats'),
      session.id,
    ],
    [
      'GET /session',
      { sent: true, told: told({ reason: 'revoked' }) },
      toy.withDead,
      answer.stranger,
      undefined,
    ],
  ])('%s %o: “%s”, “%s”', (call, about, how, says, ticket) => {
    const one = exchange(call, about);
    expect([howSaid(one, en), answerOf(one, en), sessionOf(one)]).toEqual([how, says, ticket]);
  });

  it('shows the last answer, and none to a call about something else or without an answer', () => {
    const asked = exchange('GET /session', { number: 1, told: told() });
    const omitted = exchange('GET /session', { number: 2, omitsCredentials: true, told: told() });
    const others = [
      exchange('POST /login', { number: 3, told: told({ session }) }),
      exchange('GET /session', { number: 4, status: 503 }),
    ];
    const exchanges = [asked, omitted, ...others];
    expect(lastSaid(exchanges)).toBe(omitted);
    expect(lastSaid(exchanges, false)).toBe(asked);
    expect(lastSaid(exchanges, true)).toBe(omitted);
    expect(lastSaid(others)).toBeUndefined();
  });
});
