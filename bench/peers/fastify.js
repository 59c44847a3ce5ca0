// The limit: a route of Fastify that answers from memory, in plain JavaScript, so that Node has nothing to strip.
// PEER_USER is what it answers, as JSON.
import fastify from 'fastify';

const user = JSON.parse(process.env.PEER_USER ?? '{}');
const properties = Object.fromEntries(Object.keys(user).map((name) => [name, { type: ['string', 'null'] }]));

const app = fastify();
// With the schema, Fastify writes JSON by a function that was compiled for it, as its documentation recommends.
app.get('/me', { schema: { response: { 200: { type: 'object', properties } } } }, (_request, reply) => {
  reply.send(user);
});
const url = await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
process.stdout.write(`READY ${url}\n`);
process.on('SIGTERM', () => process.exit());
