import { describe, expect, it } from 'vitest';
import { words as de } from '../../i18n/de/conversation.ts';
import { words as en } from '../../i18n/en/conversation.ts';
import { printOf } from '../../ticket/number.ts';
import { ada, exchange, refused, session, told } from '../recording/examples.ts';
import type { Exchange } from '../recording/exchange.ts';
import { serversHalf } from './half.ts';

const { number } = printOf(session.id);

describe('the server’s half', () => {
  const { half } = en;
  it.each<[string, Partial<Exchange>, string]>([
    ['GET /session', { told: told() }, half.noTicket],
    ['GET /session', { sent: undefined }, half.unknown],
    ['GET /session', { sent: true, told: told({ session }) }, half.found(number, undefined)],
    ['GET /session', { sent: true, told: told({ session, user: ada }) }, half.found(number, 'ada')],
    ['POST /logout', { sent: true, before: told({ session, user: ada }) }, half.foundBefore(number, 'ada')],
    ['PATCH /session', { sent: true, cookie: 'given', told: told({ session }) }, half.foundNone],
    ['GET /session', { sent: true, told: told({ reason: 'revoked' }) }, half.dead('revoked')],
    ['GET /me', { sent: true }, half.looked],
    ['PATCH /session', { sent: true, problem: refused('origin-not-allowed') }, half.notEven],
    ['GET /session', { sent: true, problem: refused('unavailable') }, half.couldNot],
  ])('looked up: %s %o', (call, about, expected) => {
    expect(serversHalf(exchange(call, about), en).lookedUp).toBe(expected);
  });

  const remembered = { likes: 'cats' };
  it.each<[string, Partial<Exchange>, string]>([
    ['GET /session', { told: told() }, half.stranger],
    ['GET /session', { told: told({ session }) }, half.tellsNothing],
    ['GET /session', { told: told({ session, remembered }) }, half.tells],
    ['PATCH /session', { cookie: 'given', told: told({ session, remembered }) }, half.began],
    ['PATCH /session', { told: told({ session, remembered }) }, half.merged],
    ['POST /register', { told: told({ session, user: ada }) }, half.registered],
    [
      'POST /login',
      { before: told({ session, remembered }), told: told({ session, remembered, user: ada }) },
      `${half.loggedIn} ${half.carried}`,
    ],
    ['POST /login/passkey/options', {}, half.challenge],
    [
      'POST /login/passkey',
      { before: told({ session, remembered }), told: told({ session, remembered, user: ada }) },
      `${half.passkeyFits} ${half.carried}`,
    ],
    ['POST /recover', {}, half.recovered],
    ['POST /links/open', {}, half.linkOpened],
    ['POST /links/use', {}, half.linkUsed],
    ['POST /links/use', { problem: refused('link-void', 'Link void') }, 'Refused: Link void.'],
    ['POST /me/proof/options', {}, half.challenge],
    ['POST /me/proof', {}, half.proven],
    ['GET /me/login-methods', {}, half.answered],
    ['PATCH /me/login-methods', {}, half.waysChanged],
    ['POST /me/passkeys/options', {}, half.challenge],
    ['POST /me/passkeys', {}, half.passkeyAdded],
    ['PATCH /me/passkeys/a', {}, half.answered],
    ['DELETE /me/passkeys/a', {}, half.passkeyRemoved],
    ['POST /me/recovery-codes', {}, half.codesMade],
    ['POST /me/device-links', {}, half.linkMade],
    ['PUT /me/password', {}, half.newPassword],
    ['POST /logout', { sent: true }, half.ended],
    ['POST /logout', {}, half.nothingToEnd],
    ['DELETE /me', {}, half.answered],
    ['POST /login', { problem: refused('too-many-requests', 'Too many tries') }, 'Refused: Too many tries.'],
  ])('decided: %s %o', (call, about, expected) => {
    expect(serversHalf(exchange(call, about), en).decided).toBe(expected);
  });

  it.each<[string, Partial<Exchange>, string]>([
    ['POST /login', { cookie: 'given' }, half.given],
    ['POST /logout', { cookie: 'cleared', sent: true }, half.cleared],
    ['GET /me', { sent: true }, half.untouched],
    ['GET /session', {}, half.untouchedNone],
    ['POST /login', {}, half.setNothing],
  ])('set: %s %o', (call, about, expected) => {
    expect(serversHalf(exchange(call, about), en).set).toBe(expected);
  });

  it('names a problem in the language of the page, and one that is newer than the page as the server does', () => {
    const says = (slug: string) =>
      serversHalf(exchange('POST /login', { problem: refused(slug, 'Its title') }), de).decided;
    expect(says('username-taken')).toBe('Abgelehnt: Der Benutzername ist vergeben.');
    expect(says('from-the-future')).toBe('Abgelehnt: Its title.');
  });
});
