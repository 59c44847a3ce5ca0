// An app that stands behind a proxy: it answers from memory.
import { createServer } from 'node:http';

const server = createServer((_request, response) => {
  response.setHeader('content-type', 'text/plain').end('Hello from the app.\r\n');
});
server.listen(0, '127.0.0.1', () =>
  process.stdout.write(`READY http://127.0.0.1:${Object(server.address()).port}\n`),
);
process.on('SIGTERM', () => process.exit());
