import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { bundleChanged } from '../apps/api/build-changed.ts';
import type {} from '../apps/api/test/database.ts';
import { startPostgres } from '../apps/api/test/postgres.ts';
import { buildChanged } from '../apps/web/build-changed.ts';
import { findBrowser } from './browser/browser.ts';

/** Vitest's global setup: what tests share and several at once must not make. */
export default async function setup(project: TestProject) {
  // The pages that a browser will open, and the servers that are started, are made of this very source.
  buildChanged();
  await bundleChanged();
  // npm's Chromium unpacks itself when it is first asked for. Who finds none is told by the tests that need it.
  await findBrowser().catch(() => undefined);
  const postgres = await startPostgres();
  project.provide('postgresPort', postgres.port);
  // Hundreds of processes load the same code. What one has compiled, the next one reads: this halves their start.
  const compiled = mkdtempSync(join(tmpdir(), 'coatcheck-compiled-'));
  process.env.NODE_COMPILE_CACHE = compiled;
  return async () => {
    await postgres.remove();
    rmSync(compiled, { recursive: true, force: true });
  };
}
