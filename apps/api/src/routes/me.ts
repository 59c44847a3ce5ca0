import { User } from '@coatcheck/api-types/schemas';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { userOf } from '../answers.ts';
import { requireUser } from '../recognition.ts';

/** GET /me: who am I? */
export const me: FastifyPluginAsyncTypebox = async (app) => {
  const schema = {
    summary: 'Who am I?',
    operationId: 'me',
    tags: ['account'],
    security: [{ ticket: [] }],
    response: { 200: User },
  };

  app.get('/me', { schema }, async (request) => userOf(requireUser(request)));
};
