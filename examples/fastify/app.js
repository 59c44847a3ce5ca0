// Greets people by name. The two headers are true only if nothing but Coatcheck's gate, or your reverse proxy, reaches this port.
import fastify from 'fastify';

const visits = new Map();
const app = fastify();

app.get('/', async (request, reply) => {
  const { 'remote-user': name, 'remote-user-id': id } = request.headers;
  reply.type('text/html; charset=utf-8');
  // Strangers come here with IN_FRONT_OF_ACCESS=everyone only.
  if (name === undefined) return 'Hello stranger. <a href="/auth/login?next=/">Log in</a>';
  visits.set(id, (visits.get(id) ?? 0) + 1);
  return `Hello ${name}, visit ${visits.get(id)}. <a href="/auth/goodbye">Log out</a>`;
});

await app.listen({ port: Number(process.env.PORT ?? 8080), host: 'localhost' });
