import type { Calls } from './calls.ts';
import type { Problem } from './contract/problem.ts';

/** What came back: the answer, or the problem that the server named. `response` has status and headers. */
export type Result<Data, Refusal extends Problem = Problem> =
  | { ok: true; data: Data; response: Response }
  | { ok: false; problem: Refusal; response: Response };

/** What any call may be given besides its body; each goes to `fetch` as it is. */
export interface CallOptions {
  headers?: Record<string, string>;
  signal?: AbortSignal;
  /** `include` unless told otherwise; `omit` asks as a stranger would. */
  credentials?: NonNullable<RequestInit['credentials']>;
}

type Takes<Call> = Call extends { body: infer Body }
  ? [options: CallOptions & { body: Body }]
  : Call extends { params: infer Params }
    ? [options: CallOptions & { params: Params }]
    : Call extends { query: infer Query }
      ? [options?: CallOptions & { query?: Query }]
      : [options?: CallOptions];
type Gives<Call> = Call extends { data: infer Data; problem: infer Refusal extends Problem }
  ? Promise<Result<Data, Refusal>>
  : never;

/**
 * One method for each HTTP method, generic over the paths it has.
 *
 * Refusals are values (`ok: false`). A call rejects only as `fetch` does (`TypeError` when no answer came,
 * `AbortError`) or with {@link UnexpectedResponse}.
 */
export interface Client {
  GET<Path extends keyof Calls['GET']>(
    path: Path,
    ...takes: Takes<Calls['GET'][Path]>
  ): Gives<Calls['GET'][Path]>;
  POST<Path extends keyof Calls['POST']>(
    path: Path,
    ...takes: Takes<Calls['POST'][Path]>
  ): Gives<Calls['POST'][Path]>;
  PUT<Path extends keyof Calls['PUT']>(
    path: Path,
    ...takes: Takes<Calls['PUT'][Path]>
  ): Gives<Calls['PUT'][Path]>;
  PATCH<Path extends keyof Calls['PATCH']>(
    path: Path,
    ...takes: Takes<Calls['PATCH'][Path]>
  ): Gives<Calls['PATCH'][Path]>;
  DELETE<Path extends keyof Calls['DELETE']>(
    path: Path,
    ...takes: Takes<Calls['DELETE'][Path]>
  ): Gives<Calls['DELETE'][Path]>;
}

export interface ClientOptions {
  /** Where the API is, `https://id.example.com`; an empty string for the page's own origin. */
  baseUrl: string;
  /**
   * Another `fetch`, for tests or tracing: called with an absolute address, or with a path where `baseUrl` is empty.
   * Its type asks for what the client uses, since the global's extras differ by runtime.
   */
  fetch?: (input: string, init: RequestInit) => Promise<Response>;
}

/** The answer did not come from Coatcheck: a proxy's error page, a captive portal, a wrong `baseUrl`. */
export class UnexpectedResponse extends Error {
  override readonly name = 'UnexpectedResponse';
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
 * In a page it sends and keeps the session cookie (`credentials: "include"`); in a service pass the cookie on
 * in `headers`.
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

  // The table of calls is the contract; what travels is checked by the server's own tests against it.
  return {
    GET: (path: string, options?: Sent) => call('GET', path, options),
    POST: (path: string, options?: Sent) => call('POST', path, options),
    PUT: (path: string, options?: Sent) => call('PUT', path, options),
    PATCH: (path: string, options?: Sent) => call('PATCH', path, options),
    DELETE: (path: string, options?: Sent) => call('DELETE', path, options),
  } as Client;
}

type Sent = CallOptions & { body?: unknown; params?: Record<string, string>; query?: object };

/** A path with what stands in its braces put in. */
const filled = (path: string, params: Record<string, string>) =>
  path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(params[name] ?? ''));

/** What is asked for beside the path. */
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
