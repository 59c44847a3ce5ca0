import type { House } from '@coatcheck/api-types';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asPage } from '../http/headers.ts';
import { escaped } from '../http/html.ts';
import { installation, repository } from '../installation.ts';
import type { FindAsset } from './asset-shelf.ts';
import type { Asset, Coding } from './assets.ts';
import { below } from './below.ts';
import type { Build } from './build.ts';

/** Sends the SPA, whatever the path. @returns undefined when there is no build, and nothing was sent */
type SendPage = (reply: FastifyReply) => FastifyReply | undefined;

/**
 * @param build undefined: there are no pages, and the function sends nothing.
 * @param house whose pages these are
 * @param basePath the path that everything lies below, or empty
 */
export function pageOf(build: Build | undefined, house: House, basePath: string): SendPage {
  const html = build && below(basePath, withHouse(withCommand(build.html.toString()), house));
  return (reply) => {
    if (html === undefined) return undefined;
    asPage(reply);
    return reply.send(html);
  };
}

/** @returns the page with the command line of this installation, which /why shows. The build has the repository's. */
const withCommand = (html: string) => html.replace(`"${repository.command}"`, `"${installation.command}"`);

/** @returns a page that shows whose it is before any script has run, and tells its scripts the same */
export function withHouse(html: string, house: House): string {
  const { name, logo, contact, app } = house;
  if (!name && !logo && !contact && !app) return html;
  const facts = `<meta name="house" content="${escaped(JSON.stringify(house))}" />\n    <title>`;
  const shown = html.replace('<title>', () => facts);
  const named = name ? shown.replaceAll('>Coatcheck<', () => `>${escaped(name)}<`) : shown;
  if (!logo) return named;
  return named
    .replace(/"\/favicon\.svg" type="image\/svg\+xml"|"\/apple-touch-icon\.png"/g, `"${logo}"`)
    .replace(/<svg [\s\S]*<\/svg>/, `<img src="${logo}" alt="" class="awaited" />`);
}

interface SpaParts {
  build: Build | undefined;
  sendPage: SendPage;
  findAsset: FindAsset;
  /** The path that everything lies below, or empty. */
  basePath: string;
}

/** Serves the SPA and its files. No route here reads a cookie, and only assets of other versions need the database. */
export async function spa(
  app: FastifyInstance,
  { build, sendPage, findAsset, basePath }: SpaParts,
): Promise<void> {
  const hidden = { schema: { hide: true } };
  // Password managers look for the page here (W3C, A Well-Known URL for Changing Passwords).
  app.get('/.well-known/change-password', hidden, (_request, reply) =>
    reply.redirect(`${basePath}/account/password`, 303),
  );
  if (build === undefined) {
    app.log.warn('The web pages are not built, so there is only the API. Run npx -y pnpm build.');
    return;
  }

  for (const path of build.paths) {
    app.get(path, hidden, (_request, reply) => sendPage(reply) ?? reply.callNotFound());
  }
  for (const [name, file] of build.others) {
    app.get(`/${name}`, hidden, (request, reply) => send(file, 'no-cache', request, reply));
  }
  app.get<{ Params: { version: string; name: string } }>(
    '/assets/:version/:name',
    hidden,
    async (request, reply) => {
      const { version, name } = request.params;
      const own = version === build.version;
      const asset = own ? build.assets.get(name) : isVersion(version) && (await findAsset(version, name));
      if (!asset) return reply.callNotFound();
      // The URL has a digest of the content.
      return send(asset, 'public, max-age=31536000, immutable', request, reply);
    },
  );
}

const isVersion = (text: string) => /^[0-9a-f]{32}$/.test(text);

/** Sends a file in the smallest coding that the client accepts, or 304 if the client has it (RFC 9110 section 13). */
function send(asset: Asset, cacheControl: string, { headers }: FastifyRequest, reply: FastifyReply) {
  const accepted = String(headers['accept-encoding'] ?? '');
  const coding: Coding =
    asset.content.br && takes(accepted, 'br')
      ? 'br'
      : asset.content.gzip && takes(accepted, 'gzip')
        ? 'gzip'
        : 'identity';
  const etag = `"${asset.digest}-${coding}"`;
  reply.headers({ etag, 'cache-control': cacheControl, 'content-type': asset.type });
  if (asset.content.br || asset.content.gzip) {
    const others = reply.getHeader('vary');
    reply.header('vary', others ? `${others}, Accept-Encoding` : 'Accept-Encoding');
  }
  if (headers['if-none-match']?.includes(etag)) return reply.code(304).send();
  if (coding !== 'identity') reply.header('content-encoding', coding);
  return reply.send(asset.content[coding]);
}

/** @returns whether `Accept-Encoding` lists a coding with a weight above 0 (RFC 9110 section 12.5.3). */
const takes = (accepted: string, coding: Coding) =>
  accepted.split(',').some((one) => {
    const [name, ...parameters] = one.split(';').map((part) => part.trim().toLowerCase());
    return name === coding && !parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter));
  });
