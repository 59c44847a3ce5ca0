/** @returns a sentence whose calls (`POST /login`) and paths between backticks lie below `basePath`. */
export const callsBelow = (sentence: string, basePath: string): string =>
  sentence.replaceAll(/(?<=\b(?:GET|POST|PUT|PATCH|DELETE) |`)\/(?=[a-z])/g, `${basePath}/`);
