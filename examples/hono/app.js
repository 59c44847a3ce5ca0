// Greets people by name. The two headers are true only if nothing but Coatcheck's gate, or your reverse proxy, reaches this port.
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const visits = new Map();
const app = new Hono();

app.get('/', (c) => {
  const name = c.req.header('Remote-User');
  const id = c.req.header('Remote-User-Id');
  // Strangers come here with IN_FRONT_OF_ACCESS=everyone only.
  if (name === undefined) return c.html('Hello stranger. <a href="/auth/login?next=/">Log in</a>');
  visits.set(id, (visits.get(id) ?? 0) + 1);
  return c.html(`Hello ${name}, visit ${visits.get(id)}. <a href="/auth/goodbye">Log out</a>`);
});

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 8080), hostname: 'localhost' });
