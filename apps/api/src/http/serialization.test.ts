import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { serializeBySchema } from './serialization.ts';

it('leaves out what the schema of the route does not name, at the first response and later', async () => {
  const app = fastify();
  serializeBySchema(app);
  await app.register(async (scope) => {
    const response = { 200: { type: 'object', properties: { name: { type: 'string' } } } };
    scope.get('/', { schema: { response } }, async () => ({ name: 'ada', passwordHash: 'secret' }));
  });
  for (const _ of [1, 2]) expect((await app.inject('/')).payload).toBe('{"name":"ada"}');
  await app.close();
});
