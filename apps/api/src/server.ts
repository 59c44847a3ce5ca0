import { mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { resolve } from 'node:path';

/** Where V8's work on the code is kept for the next start. */
const compiled = resolve(import.meta.dirname, '../../../node_modules/.cache/coatcheck');

try {
  // Node runs what it finds there, so nobody else may write there, whatever the umask.
  mkdirSync(compiled, { recursive: true, mode: 0o700 });
  enableCompileCache(compiled);
} catch {
  // A server that may not write beside its code compiles it at each start.
}

// Imported here, since only code that is loaded from now on comes out of the cache.
const { start } = await import('./start.ts');
await start();
