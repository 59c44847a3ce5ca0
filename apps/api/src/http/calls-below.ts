/**
 * @param sentence of ours, for a person. @param basePath the path that everything lies below, or empty
 * @returns the sentence, with its calls (`POST /login`) and its paths between backticks below `basePath`.
 */
export const callsBelow = (sentence: string, basePath: string): string =>
  basePath === ''
    ? sentence
    : sentence.replaceAll(/(?<=\b(?:GET|POST|PUT|PATCH|DELETE) |`)\/(?=[a-z])/g, `${basePath}/`);
