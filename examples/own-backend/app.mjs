// Greets people by name, and asks Coatcheck who they are: nothing stands in front. The browser has to send this app the
// cookie of Coatcheck, so both live on one host: localhost here, else one host that a reverse proxy splits by path.
import { createServer } from 'node:http';

/** Where Coatcheck and this app are, as people type it. */
const { COATCHECK = 'http://localhost:3000', HERE = 'http://localhost:8080' } = process.env;

/** Returns who sent a request, and undefined for a stranger. Throws where Coatcheck cannot tell. */
async function whoIs(request) {
  const answer = await fetch(`${COATCHECK}/verify`, { headers: { cookie: request.headers.cookie ?? '' } });
  if (answer.status === 200) return answer.json();
  if (answer.status === 401) return undefined;
  throw new Error(`Coatcheck answered ${answer.status}.`);
}

createServer(async (request, response) => {
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.setHeader('cache-control', 'no-store');
  try {
    const user = await whoIs(request);
    const next = encodeURIComponent(HERE);
    if (user) response.end(`Hello ${user.username}. <a href="${COATCHECK}/goodbye">Log out</a>`);
    else response.end(`Hello stranger. <a href="${COATCHECK}/login?next=${next}">Log in</a>`);
  } catch {
    response.statusCode = 503;
    response.end('Coatcheck does not answer, so nobody can tell who you are.');
  }
}).listen(process.env.PORT ?? 8080, 'localhost');
