import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compressed } from './compressed.ts';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), compressed()],
  // A taken port is an error to see: the API lets exactly this origin call with credentials.
  // Below a folder that the server names by all of the assets: they find each other wherever it is.
  experimental: {
    renderBuiltUrl: (_, { hostType }) => (hostType === 'html' ? undefined : { relative: true }),
  },
  server: { host: 'localhost', port: 5173, strictPort: true },
  build: {
    // Where light-dark() is known: without this it is rewritten into something far longer.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    // The page's content security policy knows neither inline scripts nor fonts from data: URLs.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What the first page needs travels in one piece, not in one for each part that needs some of it later.
        codeSplitting: {
          groups: [{ name: 'page', test: /src\/(?!account|conversation|i18n\/de)|node_modules/ }],
        },
      },
    },
  },
});
