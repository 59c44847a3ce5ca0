import { Activity, ActivityQuery } from '@coatcheck/api-types/schemas';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { invalidRequest } from '../http/problems.ts';
import { memberOf, type SessionParts } from '../session/authentication.ts';
import type { EventPlace } from '../store/records.ts';
import { retentionMs, storeCaps } from '../store/retention.ts';
import { publicEvent } from './views.ts';

const maxEvents = Object.values(storeCaps.maxEventsPerType).reduce((sum, share) => sum + share);
// `toLocaleString` would load the data of all languages, at each start, for one comma.
const maxEventsText = String(maxEvents).replace(/\B(?=(\d{3})+$)/g, ',');
const maxDays = retentionMs.events / (24 * 60 * 60_000);

/** GET /me/activity: what happened to my account, a page at a time. */
export const activity: FastifyPluginAsyncTypebox<SessionParts> = async (app, { store }) => {
  const schema = {
    summary: 'List account activity',
    description: `Newest first. At most ${maxEventsText} events are kept, each for ${maxDays} days. For the next page, pass \`next\` as \`before\`.`,
    operationId: 'activity',
    tags: ['Account'],
    security: [{ ticket: [] }],
    querystring: ActivityQuery,
    response: { 200: Activity },
  };

  app.get('/me/activity', { schema }, async (request) => {
    const { account } = memberOf(request);
    const { before, limit = 50 } = request.query;
    const place = before === undefined ? undefined : placeOf(before);
    // The surplus event tells whether there is a next page.
    const found = await store.eventsOf(account.id, limit + 1, place);
    const events = found.slice(0, limit);
    const last = events.at(-1);
    return {
      events: events.map(publicEvent),
      next: last && found.length > limit ? cursorOf(last) : null,
    };
  });
};

const cursorOf = ({ at, id }: EventPlace): string => Buffer.from(`${at} ${id}`).toString('base64url');

/** @throws {ProblemError} 400 `invalid-request`. */
function placeOf(cursor: string): EventPlace {
  const [, at, id] = /^(\d{1,15}) ([0-9a-f]{32})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (at === undefined || id === undefined) {
    const detail =
      'Before must be the `next` of an earlier page. Leave it out to start with the newest event.';
    throw invalidRequest([{ pointer: '#/before', rule: 'malformed', detail }]);
  }
  return { at: Number(at), id };
}
