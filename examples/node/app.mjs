// Greets people by name. The two headers are true only if nothing but Coatcheck's gate, or your reverse proxy, reaches this port.
import { createServer } from 'node:http';

const visits = new Map();

createServer((request, response) => {
  const { 'remote-user': name, 'remote-user-id': id } = request.headers;
  response.setHeader('content-type', 'text/html; charset=utf-8');
  // Strangers come here with IN_FRONT_OF_ACCESS=everyone only.
  if (name === undefined) return response.end('Hello stranger. <a href="/auth/login?next=/">Log in</a>');
  visits.set(id, (visits.get(id) ?? 0) + 1);
  response.end(`Hello ${name}, visit ${visits.get(id)}. <a href="/auth/goodbye">Log out</a>`);
}).listen(process.env.PORT ?? 8080, process.env.HOST ?? 'localhost');
