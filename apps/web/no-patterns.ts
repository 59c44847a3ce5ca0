/**
 * Stands in for the parser of patterns (`/users/:id`) that wouter brings along: the paths of the pages are compared as they
 * are, so the first page need not carry that.
 * @throws always
 */
export function parse(): never {
  throw new Error('No route of these pages has a pattern.');
}
