import type { Problem } from './contract/problem.ts';
import type { CallOptions, Client } from './methods.ts';

/** The options of a client: the URL of the server, and the way to it. */
export interface ClientOptions {
  /** The URL of the server, `https://id.example.com`; an empty string for the page's own origin. */
  baseUrl: string;
  /**
   * Another `fetch`, for tests or tracing: called with an absolute URL, or with a path where `baseUrl` is empty. The type
   * has only what the client uses, since the global `fetch` differs by runtime.
   */
  fetch?: (input: string, init: RequestInit) => Promise<Response>;
}

/** The response did not come from Coatcheck: a proxy's error page, a captive portal, a wrong `baseUrl`. */
export class UnexpectedResponse extends Error {
  override readonly name = 'UnexpectedResponse';
  /** The response that came, with a body that can still be read. */
  readonly response: Response;

  constructor(response: Response) {
    const type = response.headers.get('content-type') ?? 'no content type';
    super(
      `Expected JSON from Coatcheck and got ${response.status} with ${type}. Check baseUrl and what stands between.`,
    );
    this.response = response;
  }
}

/**
 * A client for one Coatcheck server, over plain `fetch`.
 *
 * In a page the client sends the session cookie and the browser keeps it (`credentials: "include"`). A service has no
 * cookie jar: pass the visitor's cookie on in `headers`.
 * @example
 * import { createClient } from '@coatcheck/api-types';
 *
 * const coatcheck = createClient({ baseUrl: 'https://id.example.com' });
 * const me = await coatcheck.GET('/me');
 * if (me.ok) console.log(me.data.username);
 */
export function createClient({ baseUrl, fetch: send }: ClientOptions): Client {
  const base = baseUrl.replace(/\/+$/, '');

  async function call(method: string, path: string, options: Sent = {}) {
    const { body, params = {}, query = {}, headers, ...rest } = options;
    const request: RequestInit = { credentials: 'include', ...rest, method, headers: { ...headers } };
    if (body !== undefined) {
      request.body = JSON.stringify(body);
      request.headers = { ...headers, 'content-type': 'application/json' };
    }
    const response = await (send ?? fetch)(base + filled(path, params) + asked(query), request);
    if (response.status === 204) return { ok: true, data: undefined, response };

    const type = response.headers.get('content-type')?.split(';', 1)[0]?.trim();
    const answer = await (type?.endsWith('json')
      ? response.clone().json().catch(failed(response))
      : undefined);
    if (response.ok && type === 'application/json') return { ok: true, data: answer, response };
    if (!response.ok && type === 'application/problem+json' && isProblem(answer)) {
      return { ok: false, problem: answer, response };
    }
    throw new UnexpectedResponse(response);
  }

  // The table of calls is the contract. The server's own tests check the responses against it.
  return {
    GET: (path: string, options?: Sent) => call('GET', path, options),
    POST: (path: string, options?: Sent) => call('POST', path, options),
    PUT: (path: string, options?: Sent) => call('PUT', path, options),
    PATCH: (path: string, options?: Sent) => call('PATCH', path, options),
    DELETE: (path: string, options?: Sent) => call('DELETE', path, options),
  } as Client;
}

type Sent = CallOptions & { body?: unknown; params?: Record<string, string>; query?: object };

/** A path with the parameters in place of its braces. */
const filled = (path: string, params: Record<string, string>) =>
  path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name] ?? ''));

/** The query of a URL with its question mark, or an empty string. */
function asked(query: object) {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  return parameters.size === 0 ? '' : `?${parameters}`;
}

function failed(response: Response) {
  return (error: unknown) => {
    if (error instanceof SyntaxError) throw new UnexpectedResponse(response);
    throw error;
  };
}

function isProblem(answer: unknown): answer is Problem {
  return (
    typeof answer === 'object' &&
    answer !== null &&
    'type' in answer &&
    typeof answer.type === 'string' &&
    answer.type.startsWith('/problems/')
  );
}
