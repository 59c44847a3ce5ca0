import { inject } from 'vitest';

/**
 * Where a path is in this run of the tests: below the path that the server lives below, or at the root.
 * @param target a path or a whole URL; what has no path (`*`), and what lies at the root of any site, stays as it is
 */
export const at = (target: string): string =>
  target.startsWith('/.well-known/')
    ? target
    : target.replace(/^(?:https?:\/\/[^/]*)?(?=\/)/i, (origin) => origin + inject('basePath'));

/**
 * The setting `PUBLIC_URL` of this run, where it has a path. @returns no setting at the root, and where the address has a
 * path already. @param publicUrl the address as it is at the root
 */
export function publicUrlOf(publicUrl: string): { PUBLIC_URL?: string } {
  const basePath = inject('basePath');
  return basePath && new URL(publicUrl).pathname === '/' ? { PUBLIC_URL: `${publicUrl}${basePath}` } : {};
}
