import { join, resolve } from 'node:path';
import { build } from 'vite';

const web = resolve(import.meta.dirname, '..');

/** Builds the stories into a folder, apart from the page that people get. */
export async function buildStories(outDir: string): Promise<void> {
  await build({
    root: web,
    configFile: join(web, 'vite.config.ts'),
    mode: 'stories',
    logLevel: 'error',
    build: { outDir, rolldownOptions: { input: join(web, 'stories/index.html') } },
  });
}
