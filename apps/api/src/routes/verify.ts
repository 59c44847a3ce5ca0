import { Identity, VerifyQuery } from '@coatcheck/api-types/schemas';
import { Type } from '@coatcheck/api-types/type';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Config } from '../config.ts';
import { forwarded } from '../http/forwarded.ts';
import { asksForPage, loginPage } from '../http/login-page.ts';
import { isOwnHost } from '../http/origins.ts';
import { problem } from '../http/problems.ts';
import { memberOf, reasonOf, type SessionParts } from '../session/authentication.ts';
import type { Account } from '../store/records.ts';
import { identityOf } from './views.ts';

/**
 * GET /verify, for a reverse proxy that asks before it passes a request on, and for a service that was sent one: the
 * person whose cookie came with it, in the body and in headers for the app. It sets no cookie and moves no address.
 */
export const verify: FastifyPluginAsyncTypebox<SessionParts> = async (app, { config }) => {
  const schema = {
    summary: 'Get the sender of a request',
    description:
      'For reverse proxies and services: they pass the Cookie header of a visitor on. A member is answered with 200 and identity headers, everybody else with 401. With `login=redirect`, whoever asks for a page is sent to the login page instead.',
    operationId: 'verify',
    tags: ['Server'],
    security: [{ ticket: [] }],
    querystring: VerifyQuery,
    response: {
      200: {
        ...Identity,
        headers: {
          [config.identityHeader]: header('The username, for the app.'),
          'Remote-User-Id': header('The id of the account, for the app.'),
        },
      },
      303: {
        ...Type.Null({ description: 'Nobody is logged in, and a page was asked for: to the login page.' }),
        headers: { Location: header('The login page, which leads back to the page that was asked for.') },
      },
    },
  };

  // A query that does not fit asks for nothing. To check that costs more than all else here.
  const validatorCompiler = () => () => true;

  app.get('/verify', { schema, validatorCompiler }, (request, reply) => {
    const { visitor, query } = request;
    if (
      visitor.kind !== 'member' &&
      query.login === 'redirect' &&
      asksForPage(request, forwarded(request, 'method'))
    ) {
      const host = forwarded(request, 'host');
      if (host !== undefined && !isOwnHost(host, app, config)) {
        throw problem(
          'not-logged-in',
          'The page that was asked for is on another host than Coatcheck, and the session cookie cannot get there. Put both on one host.',
          { reason: reasonOf(visitor) },
        );
      }
      reply.redirect(loginPage(config, forwarded(request, 'uri')), 303);
      return;
    }
    const { account } = memberOf(request);
    reply.headers(identityHeaders(config, account)).send(identityOf(account));
  });
};

/** @returns the headers that name a member to an app. */
export const identityHeaders = (
  { identityHeader }: Pick<Config, 'identityHeader'>,
  { username, id }: Account,
) => ({
  [identityHeader]: username,
  'Remote-User-Id': id,
});

/** @returns a header of a response (OpenAPI 3.1.1 section 4.8.21), whose value is text. */
const header = (description: string) => ({ schema: { type: 'string' }, description });
