import type { IncomingMessage } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { asPage } from '../http/headers.ts';
import { type Frame, html } from '../http/html.ts';
import { asksForPage } from '../http/login-page.ts';
import { answerProblem, invalidRequest, type ProblemError, problem } from '../http/problems.ts';
import { logEvent, logRefusal } from '../http/security-log.ts';

/** @returns the refusal of TRACE, which would show the headers that we set to whoever sends it (RFC 9110 section 9.3.8). */
export const notTraceable = (): ProblemError =>
  problem('method-not-allowed', 'TRACE is passed on to no app. Use another method.', undefined, {
    allow: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
  });

/** What a Host header of a client can be: a name or an address, and perhaps a port (RFC 9110 section 7.2). */
const hostForm = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{0,5})?$/i;

/**
 * @returns the refusal of a request that the app might read in another way than we do; undefined: it is plain. It names its
 * host in an odd form, or its body has a coding beside chunks, which we would take off for some (RFC 9112 section 6.1).
 */
export function ambiguous({ httpVersion, headers }: IncomingMessage): ProblemError | undefined {
  const { host, 'transfer-encoding': coding } = headers;
  if (host !== undefined && !hostForm.test(host)) return malformed('The Host header is no name of a host.');
  if (coding === undefined || (coding.toLowerCase() === 'chunked' && httpVersion !== '1.0')) return undefined;
  return malformed(
    'The only Transfer-Encoding that is passed on is chunked, of HTTP/1.1. Name others in Content-Encoding.',
  );
}

const malformed = (detail: string) => invalidRequest([{ pointer: '#', rule: 'malformed', detail }]);

/**
 * Answers a request that names another host than ours with 421 (RFC 9110 section 15.5.20): with a page where one was asked
 * for. @param publicUrl the URL that people type
 */
export function misdirected(
  request: FastifyRequest,
  reply: FastifyReply,
  { publicUrl, frame }: { publicUrl: URL; frame: Frame },
): void {
  logEvent(request, 'input_validation_fail', { reason: 'foreign-host' });
  const title = 'Misdirected Request';
  const detail = `This server answers for ${publicUrl.host}, and the request names another host. If a proxy stands in front, let it pass the Host header on unchanged.`;
  if (!asksForPage(request)) {
    const body = { type: 'about:blank', title, status: 421, detail };
    return void reply.code(421).type('application/problem+json').serializer(JSON.stringify).send(body);
  }
  asPage(reply);
  const content = html`<h1>This address is not the right one</h1>
<p class="type"><code>421</code></p>
<p>${detail}</p>
<p class="onward"><a class="button" href="${publicUrl.origin}/">Open ${publicUrl.host}</a></p>`;
  reply.code(421).send(frame({ title, content }));
}

/** Answers with 502 where the app has not: with a page where one was asked for. @param cause of it, for the log */
export function unreachable(
  request: FastifyRequest,
  reply: FastifyReply,
  { cause, frame }: { cause: unknown; frame: Frame },
): void {
  const refusal = problem(
    'app-unreachable',
    'The app behind this address does not answer. Try again in a moment; if it keeps happening, tell the operator of this server.',
  );
  logRefusal(request, refusal.problem, cause);
  if (!asksForPage(request)) return void answerProblem(reply, refusal);
  const { title, detail } = refusal.problem;
  asPage(reply);
  const content = html`<h1>${title}</h1>
<p class="type"><code>502</code> <code>app-unreachable</code></p>
<p>${detail}</p>
<p class="onward"><a class="button" href="">Try again</a></p>`;
  reply.code(502).send(frame({ title, content }));
}
