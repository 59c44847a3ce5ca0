import type { Plugin } from 'vite';

/**
 * Writes the paths of all pages into the build, as `.pages.json`: the server answers these paths with the page, and every
 * other path with 404.
 */
export function pageList(paths: readonly string[]): Plugin {
  return {
    name: 'page-list',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: '.pages.json', source: JSON.stringify(paths) });
    },
  };
}
