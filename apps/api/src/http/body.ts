import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { finished, type Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isCutOff, maxChunksPerTurn } from './body-chunks.ts';
import { parseJson } from './json.ts';
import { inKiB } from './problem-types.ts';
import { HungUp, notJson, problem } from './problems.ts';

/** Bytes that the body of a request may have. */
export const maxBodyBytes = 8 * 1024;

/**
 * Reads the bodies of requests as JSON only: see {@link parseJson}. No value is coerced, no member dropped.
 *
 * A route without a body schema takes no body: a body that comes along is read up to the limit and ignored, whatever
 * its type or the method. A body that is not read to its end closes the connection (see `closeUnread`).
 *
 * This replaces the body reading of Fastify. Like Fastify, it refuses a longer Content-Length with 413 at once, counts
 * the bytes that really arrive, refuses a sender who breaks off with 400, and copies the socket's buffer. Fastify also
 * parses any Content-Type at length, refuses odd types of empty bodies, and never reads the bodies of GET and HEAD.
 */
export function readBodies(app: FastifyInstance): void {
  app.addHook('preParsing', (request, _reply, payload, done) => {
    const { headers } = request;
    const type = headers['content-type'];
    // Fastify checks the type again, and refuses some. It accepts this type without a long check.
    headers['content-type'] = 'application/json';
    if (!hasBody(request.raw)) return done(null, payload);
    const reading = takesBody(request)
      ? readJson(payload, request.raw.socket, Number(headers['content-length']), type)
      : readUpTo(maxBodyBytes, payload, request.raw.socket).then(() => undefined);
    reading.then((body) => {
      request.body = body;
      done(null, payload);
    }, done);
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (request, _payload, done) => done(null, request.body));
}

/** @returns whether a request has a body, perhaps an empty one (RFC 9112 section 6.3). */
export const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';

const takesBody = ({ routeOptions }: FastifyRequest): boolean => routeOptions.schema?.body !== undefined;

async function readJson(
  payload: Readable,
  socket: Socket,
  length: number,
  type: string | undefined,
): Promise<unknown> {
  const body = length > maxBodyBytes ? 'too-long' : await readUpTo(maxBodyBytes, payload, socket);
  if (body === 'too-long') throw problem('too-large', `The body is over ${inKiB(maxBodyBytes)}. Send less.`);
  if (body === 'too-many-chunks')
    throw problem('too-large', `Over ${maxChunksPerTurn} chunks came at once. Send fewer and larger ones.`);
  // An empty body of any type is no body: curl -X POST and browsers send them.
  if (body.length === 0) return undefined;
  if (!isJson(type)) throw notJson();
  return parseJson(body);
}

/**
 * Reads a body to its end.
 * @returns the body, or why it was not read to its end: it has more than `maxBytes`, or its connection was cut off (see
 * `limitBodyChunks`).
 * @throws {HungUp} when the sender breaks off.
 */
function readUpTo(
  maxBytes: number,
  payload: Readable,
  socket: Socket,
): Promise<Buffer | 'too-long' | 'too-many-chunks'> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    payload.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes <= maxBytes && !isCutOff(socket)) return;
      payload.pause();
      resolve(bytes > maxBytes ? 'too-long' : 'too-many-chunks');
    });
    // A sender may be gone already.
    finished(payload, { writable: false }, (error) => {
      if (error) reject(new HungUp('The connection was closed within a body', { cause: error }));
      else resolve(isCutOff(socket) ? 'too-many-chunks' : Buffer.concat(chunks));
    });
  });
}

/**
 * @returns whether a Content-Type is JSON in UTF-8, in any of the spellings of RFC 9110 section 5.6.6. In the pattern,
 * a character that must be there stands between any two runs of blanks, so that matching takes linear time.
 */
function isJson(contentType = ''): boolean {
  return /^application\/json[\t ]*(?:;[\t ]*(?:charset=(?:utf-8|"utf-8")[\t ]*(?:;[\t ]*)?)?)?$/i.test(
    contentType,
  );
}
