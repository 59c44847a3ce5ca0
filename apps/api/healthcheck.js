// Exits with 0 while the server in this container answers, else with 1: the health check of the image, which has no curl.
import { get } from 'node:http';

const { PORT = '3000', PUBLIC_URL = `http://localhost:${PORT}`, IN_FRONT_OF = '' } = process.env;
const { host, pathname } = new URL(PUBLIC_URL);
// In front of an app, everything of ours lies below a path, whether the address has one or not.
const basePath = pathname.replace(/\/$/, '') || (IN_FRONT_OF && '/auth');

// A Host that is not in PUBLIC_URL may be refused.
get({ host: '127.0.0.1', port: PORT, path: `${basePath}/healthz`, headers: { host }, timeout: 4_000 })
  .on('response', ({ statusCode }) => process.exit(statusCode === 200 ? 0 : 1))
  .on('timeout', () => process.exit(1))
  .on('error', () => process.exit(1));
