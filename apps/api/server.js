// The program that runs Coatcheck. It is JavaScript: for a program in TypeScript Node would load its compiler at each
// start, although all of the code comes out of the cache.
import { mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/** Where V8's work on the code is kept for the next start. */
const compiled = join(import.meta.dirname, '../../node_modules/.cache/coatcheck');

try {
  // Node runs what it finds there, so nobody else may write there, whatever the umask.
  mkdirSync(compiled, { recursive: true, mode: 0o700 });
  enableCompileCache?.(compiled);
} catch {
  // A server that may not write beside its code compiles it at each start.
}

// Imported here, since only code that is loaded from now on comes out of the cache.
await import('./src/server.ts');
