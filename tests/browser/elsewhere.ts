import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { vi } from 'vitest';
// Vitest stands on the same Vite that apps/web is built with, and hands it on.
import { createViteServer } from 'vitest/node';
import { startServer } from '../server.ts';

const root = resolve(import.meta.dirname, '../../apps/web');

/**
 * The page on another port than its API, at localhost and at 127.0.0.1. Each needs to know the other's address: the
 * page's port is opened before either of them starts.
 * @param allowed the one of its hosts whose pages the API lets call
 */
export async function openElsewhere(allowed: 'localhost' | '127.0.0.1') {
  let vite: Awaited<ReturnType<typeof createViteServer>>;
  const http = createServer((request, response) => vite.middlewares(request, response));
  await new Promise<void>((listening) => http.listen(0, listening));
  const { port } = http.address() as AddressInfo;
  const api = await startServer({ env: { ALLOWED_ORIGINS: `http://${allowed}:${port}` } });
  vi.stubEnv('VITE_API_URL', api.url);
  vite = await createViteServer({
    root,
    configFile: resolve(root, 'vite.config.ts'),
    logLevel: 'error',
    server: { middlewareMode: true, ws: { server: http } },
  });
  return {
    api: api.url,
    port,
    async close() {
      await vite.close();
      http.closeAllConnections();
      await Promise.all([new Promise((closed) => http.close(closed)), api.stop()]);
    },
  };
}
