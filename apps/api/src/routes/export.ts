import { Readable } from 'node:stream';
import { setImmediate as giveWay } from 'node:timers/promises';
import type { Export } from '@coatcheck/api-types';
import { Export as ExportSchema } from '@coatcheck/api-types/schemas';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { TUnsafe } from 'typebox';
import { escapeControls } from '../http/controls.ts';
import { notLoggedIn } from '../http/problems.ts';
import { nameHash } from '../password/limits.ts';
import { memberOf, type SessionParts } from '../session/authentication.ts';
import { isPasswordAlone } from '../store/password-mark.ts';
import type { Dossier, StoredEvent } from '../store/records.ts';
import type { Store } from '../store/store.ts';
import type { Quotas } from './quotas.ts';
import { instant, instantOrNull, publicEvent, publicPasskey, publicSession, userOf } from './views.ts';

/** Events read and sent at a time. */
const pageSize = 200;
/** Milliseconds without progress after which a download is cut. */
const stalledMs = 60_000;

/** GET /me/export: all that is stored about the member, in one file. */
export const download: FastifyPluginAsyncTypebox<SessionParts & { quotas: Quotas }> = async (
  app,
  { store, now, quotas },
) => {
  const schema = {
    summary: 'Export account data',
    description:
      'Everything that is stored about the account, as a download. Left out are the hashes of the password and of the cookies.',
    operationId: 'export',
    tags: ['Account'],
    security: [{ ticket: [] }],
    // The handler streams JSON text. The schema only describes it for OpenAPI.
    response: { 200: ExportSchema as unknown as TUnsafe<Readable> },
  };

  // Without this, a link on another site could have a member's browser save all this.
  app.get('/me/export', { schema, config: { ownPagesOnly: true } }, async (request, reply) => {
    const { account, session } = memberOf(request);
    const { id, username } = account;
    const isHead = request.method === 'HEAD';
    if (!isHead) await quotas.takeExport(request, id);
    const stored = await store.everythingAbout(id, nameHash(username), now());
    // The account was deleted from another device since the session was looked up.
    if (!stored) throw notLoggedIn('revoked');
    const exportedAt = instant(now());
    reply.header(
      'content-disposition',
      `attachment; filename="coatcheck-${username}-${exportedAt.slice(0, 10)}.json"`,
    );
    reply.raw.setTimeout(stalledMs, () => void reply.raw.destroy());
    // Fastify would read the whole stream for a HEAD, and drop it.
    const text = isHead ? [] : written(store, stored, exportedAt, session.id);
    // One piece is made ahead of the piece that is being sent, whatever the reader's pace.
    return reply.type('application/json; charset=utf-8').send(Readable.from(text, { highWaterMark: 1 }));
  });
};

/**
 * Writes the export as JSON, in pieces: first all but the events, then the events page by page, as fast as they are
 * read.
 * @param ownId the id of the session that asks.
 * @throws when the account is gone before its end, or the database fails. The connection is cut then, since a part must
 * not pass for the whole.
 */
async function* written(store: Store, stored: Dossier, exportedAt: string, ownId: string) {
  const { account, sessions, passkeys, recoveryCodesLeft, links, familiarNetworks, loginFailures } = stored;
  const short: Omit<Export, 'events'> = {
    exportedAt,
    user: userOf(account),
    sessions: sessions.map((session) => ({
      ...publicSession(session, session.id === ownId),
      remembered: session.remembered,
      passwordProvenAt: instantOrNull(session.passwordProvenAt),
      passkeyProvenAt: instantOrNull(session.passkeyProvenAt),
    })),
    passkeys: passkeys.map((passkey) => {
      const { credentialId, publicKey, relyingPartyId, signCount } = passkey;
      return { ...publicPasskey(passkey), credentialId, publicKey, relyingPartyId, signCount };
    }),
    recoveryCodesLeft,
    passwordAlone: isPasswordAlone(account.passwordHash),
    links: links.map(({ kind, createdAt, overAt }) => ({
      kind,
      createdAt: instant(createdAt),
      expiresAt: instant(overAt),
    })),
    familiarNetworks: familiarNetworks.map(({ network, lastLoginAt }) => ({
      network,
      lastLoginAt: instant(lastLoginAt),
    })),
    loginFailures: loginFailures.map(({ network, count, lastAt }) => ({
      network: network || null,
      count,
      lastAt: instant(lastAt),
    })),
  };
  yield `${toJson(short).slice(0, -1)},"events":[`;
  for await (const page of pagesOf(store, account.id)) yield page;
  if ((await store.findAccount(account.username))?.id !== account.id) {
    throw new Error('The account was deleted while it was exported');
  }
  yield ']}';
}

/** @returns all events of an account as JSON, without the brackets around them. */
async function* pagesOf(store: Store, accountId: string) {
  let last: StoredEvent | undefined;
  for (;;) {
    const page: StoredEvent[] = await store.eventsOf(accountId, pageSize, last);
    if (page.length > 0) {
      yield (last ? ',' : '') + page.map((event) => toJson(publicEvent(event))).join(',');
    }
    if (page.length < pageSize) return;
    last = page.at(-1);
    // Without this pause, a fast reader and a fast database would leave nobody else a turn.
    await giveWay();
  }
}

const toJson = (value: object) => escapeControls(JSON.stringify(value));
