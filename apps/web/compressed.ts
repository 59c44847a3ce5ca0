import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/**
 * Writes each text file of the build compressed as well, once and well, so that no request has to wait for it. The
 * stories leave no machine, and are built without.
 */
export function compressed(): Plugin {
  return {
    name: 'compressed',
    apply: (_, { command, mode }) => command === 'build' && mode === 'production',
    writeBundle({ dir = '' }) {
      for (const name of globSync('assets/*.{js,css}', { cwd: dir })) {
        const file = join(dir, name);
        const content = readFileSync(file);
        writeFileSync(`${file}.br`, brotliCompressSync(content));
        writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
      }
    },
  };
}
