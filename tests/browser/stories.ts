import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { vi } from 'vitest';
import { buildStories } from '../../apps/web/stories/build.ts';

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** The stories of apps/web, built and served with axe at `/axe.js`. @returns their address, and how to take them away. */
export async function openStories(): Promise<{ url: string; close(): void }> {
  const outDir = mkdtempSync(join(tmpdir(), 'coatcheck-stories-'));
  // People get React without its development half.
  vi.stubEnv('NODE_ENV', 'production');
  await buildStories(outDir).finally(vi.unstubAllEnvs);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file =
      pathname === '/axe.js' ? axe : join(outDir, pathname === '/' ? 'stories/index.html' : pathname);
    try {
      const content = readFileSync(file);
      // The browser keeps what it has compiled of a script that it may keep.
      if (file.endsWith('.js')) response.setHeader('cache-control', 'max-age=3600');
      response.setHeader('content-type', types[extname(file)] ?? 'application/octet-stream').end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((open) => {
    server.listen(0, '127.0.0.1', open);
  });
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    close() {
      server.closeAllConnections();
      server.close();
      rmSync(outDir, { recursive: true });
    },
  };
}
