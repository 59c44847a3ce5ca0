// The program that runs Coatcheck. It is JavaScript: for a program in TypeScript Node would load its compiler at each
// start, although all of the code comes out of the cache.
import { mkdirSync } from 'node:fs';
import module from 'node:module';
import { join } from 'node:path';

requireUsableNode();

/** Where V8's work on the code is kept for the next start. */
const compiled = join(import.meta.dirname, '../../node_modules/.cache/coatcheck');

try {
  // Node runs what it finds there, so nobody else may write there, whatever the umask.
  mkdirSync(compiled, { recursive: true, mode: 0o700 });
  module.enableCompileCache(compiled);
} catch {
  // A server that may not write beside its code compiles it at each start.
}

// Imported here, since only code that is loaded from now on comes out of the cache, and an older Node could not.
const { freshProgram } = await import('./bundle.js');
await import(freshProgram() ?? './src/server.ts');

/** An older Node reads no TypeScript, and would say so by the stack of a syntax error. */
function requireUsableNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 21)) return;
  process.stderr.write(
    `Coatcheck did not start. This is Node ${process.versions.node}, and the server needs 22.21 or newer: run node_modules/.bin/node apps/api/server.js, whose Node came with the install.\n`,
  );
  process.exit(1);
}
