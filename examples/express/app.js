// Greets people by name. The two headers are true only if nothing but Coatcheck's gate, or your reverse proxy, reaches this port.
import express from 'express';

const visits = new Map();
const app = express();

app.get('/', (request, response) => {
  const { 'remote-user': name, 'remote-user-id': id } = request.headers;
  // Strangers come here with IN_FRONT_OF_ACCESS=everyone only.
  if (name === undefined) return response.send('Hello stranger. <a href="/auth/login?next=/">Log in</a>');
  visits.set(id, (visits.get(id) ?? 0) + 1);
  response.send(`Hello ${name}, visit ${visits.get(id)}. <a href="/auth/goodbye">Log out</a>`);
});

app.listen(process.env.PORT ?? 8080, 'localhost');
