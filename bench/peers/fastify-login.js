// The least that a login on Fastify can be: it verifies a password and does nothing else, in plain JavaScript.
// PEER_HASH is the hash of everybody's password.
import argon2 from 'argon2';
import fastify from 'fastify';

const hash = process.env.PEER_HASH ?? '';
const app = fastify();
const properties = { username: { type: 'string' } };
const schema = { response: { 200: { type: 'object', properties } } };
app.post('/login', { schema }, async (request) => {
  const { username, password } = /** @type {{ username: string, password: string }} */ (request.body);
  if (!(await argon2.verify(hash, password))) throw new Error('The password is not the one behind the hash.');
  return { username };
});
const url = await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
process.stdout.write(`READY ${url}\n`);
process.on('SIGTERM', () => process.exit());
