import type { House } from '@coatcheck/api-types';
import { type Frame, html, markupOf } from '../http/html.ts';
import { version } from '../installation.ts';
import { below } from './below.ts';
import type { Build } from './build.ts';

/**
 * The frame of the pages that the server writes itself, at /docs and /problems and where an app cannot be reached: they have
 * the style, the fonts and the header of the SPA, and can be read without scripts.
 * @param build undefined: there is no SPA, and these pages have neither style nor script.
 * @param house whose pages these are.
 * @param basePath the path that everything lies below, or empty.
 */
export function frameOf(
  build: Build | undefined,
  { name, logo, contact, app }: House,
  basePath: string,
): Frame {
  const files = build?.reference;
  const links = [
    { path: '/docs', name: 'API' },
    { path: '/problems', name: 'Errors' },
  ];
  const back = app !== null && html`Back to ${name === null ? 'the app' : html`<bdi>${name}</bdi>`}`;
  return ({ title, path, content, isReference, hasScript }) =>
    below(
      basePath,
      markupOf(html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="theme-color" content="#f4f8f5" media="(prefers-color-scheme: light)" />
    <meta name="theme-color" content="#101815" media="(prefers-color-scheme: dark)" />
    <title>${title} · ${name ?? 'Coatcheck'}</title>
    ${logo ? html`<link rel="icon" href="${logo}" />` : html`<link rel="icon" href="/favicon.svg" type="image/svg+xml" />`}
    ${files && html`<link rel="preload" href="${files.font}" as="font" type="font/woff2" crossorigin />`}
    ${files && html`<link rel="stylesheet" href="${files.style}" />`}
    ${files && hasScript && html`<script type="module" src="${files.script}"></script>`}
  </head>
  <body>
    <header class="header">
      <a class="skip" href="#content">Skip to content</a>
      <a class="mark" href="/">${logo ? html`<img src="${logo}" alt="" />` : hanger}<bdi>${name ?? 'Coatcheck'}</bdi></a>
      <nav aria-label="Pages">
        ${back && html`<a class="back" href='${app}'>${back}</a>`}
        ${isReference && links.map((link) => html`<a href="${link.path}" ${link.path === path && html`aria-current="page"`}>${link.name}</a>`)}
      </nav>
    </header>
    <main id="content">${content}</main>
    <footer class="footer">
      <ul>
        ${back ? html`<li><a href='${app}'>${back}</a></li>` : name !== null && html`<li>Run by <bdi>${name}</bdi></li>`}
        ${contact !== null && html`<li><a href="${/^https?:/i.test(contact) ? contact : `mailto:${contact}`}">Contact</a></li>`}
        <li>Coatcheck ${version.replace(/\.0$/, '')}</li>
      </ul>
    </footer>
  </body>
</html>
`),
    );
}

const hanger = html`<svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2" aria-hidden="true"><path d="M3 19 12 12l9 7zM12 12V9.5c0-1.5 2.5-1.7 2.5-4A2.5 2.5 0 0 0 9.5 5.2" /></svg>`;
