import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from './compressed.ts';
import { pageList } from './page-list.ts';
import { paths } from './src/browser/pages.ts';

const { version, repository } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);
const wordsOfPage = /src\/i18n\/([^/]+)\/page/;

export default defineConfig(({ command }) => ({
  root: import.meta.dirname,
  plugins: [react(), pageList(paths), compressed()],
  // The server puts the assets into a folder named by all of them: they find each other wherever that folder is.
  experimental: {
    renderBuiltUrl: (_, { hostType }) => (hostType === 'html' ? undefined : { relative: true }),
  },
  define: {
    // Without this, React carries the way to its developer tools, which people have no use for.
    ...(command === 'build' && { __REACT_DEVTOOLS_GLOBAL_HOOK__: 'undefined' }),
    'import.meta.env.COATCHECK_VERSION': JSON.stringify(version.replace(/\.0$/, '')),
    // No link leads to a placeholder.
    'import.meta.env.COATCHECK_SOURCE': JSON.stringify(repository.startsWith('https://') ? repository : ''),
  },
  // React has had the first since version 18; wouter brings a shim for older versions.
  resolve: {
    alias: {
      'use-sync-external-store/shim/index.js': 'react',
      regexparam: join(import.meta.dirname, 'no-patterns.ts'),
    },
  },
  // A taken port is an error to see: the API lets exactly this origin call with credentials.
  server: { host: 'localhost', port: 5173, strictPort: true },
  build: {
    // Where light-dark() is known: without this it is rewritten into something far longer.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The page's content security policy knows neither inline scripts nor fonts from data: URLs.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // The server writes pages of its own, and looks here for the names of their style and script.
    manifest: '.manifest.json',
    rolldownOptions: {
      // People who start the server for the first time are not those who tune the build.
      checks: { bundlerTimings: false },
      input: {
        index: 'index.html',
        reference: 'src/reference/reference.css',
        'reference-script': 'src/reference/reference.ts',
      },
      output: {
        // What the first page needs travels in one piece, not in a piece for each part that needs some of it later.
        codeSplitting: {
          groups: [
            {
              name: 'page',
              includeDependenciesRecursively: false,
              test: /src\/(?!account\/|enter\/|conversation\/|reference\/|webauthn\/|form\/new\/|email\.|i18n\/[^/]+\/)|src\/i18n\/en\/page|node_modules\/(?!\.pnpm\/uqr@|uqr\/)|preload-helper|no-patterns/,
            },
            // The first page's words in another language are a piece named by the language.
            { name: (id) => wordsOfPage.exec(id)?.[1] ?? null, test: wordsOfPage },
          ],
        },
      },
    },
  },
}));
