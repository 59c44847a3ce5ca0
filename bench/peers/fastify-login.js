// The least that a login on Fastify can be: it verifies a password and does nothing else, in plain JavaScript.
// PEER_HASH is the hash of everybody's password.
import argon2 from 'argon2';
import fastify from 'fastify';

const hash = process.env.PEER_HASH ?? '';
const app = fastify();
app.post('/login', async (request, reply) => {
  const { username, password } = /** @type {{ username: string, password: string }} */ (request.body);
  if (await argon2.verify(hash, password)) return { username };
  return reply.code(401).send();
});
const url = await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
process.stdout.write(`READY ${url}\n`);
process.on('SIGTERM', () => process.exit());
