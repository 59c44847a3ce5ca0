/**
 * @returns HTML whose links lead below a path. Text from elsewhere has no quotes in it, so that nothing else looks like an
 * attribute. Links in single quotes stay as they are: they lead to the app that everything here stands in front of.
 * @param basePath the path that everything lies below; empty: the links stay as they are.
 */
export const below = (basePath: string, html: string): string =>
  basePath ? html.replaceAll(/ (href|src)="\/(?!\/)/g, ` $1="${basePath}/`) : html;
