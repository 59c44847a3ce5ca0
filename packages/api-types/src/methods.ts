import type { Calls } from './calls.ts';
import type { Problem } from './contract/problem.ts';

/** The outcome of a call: the data, or the problem that the server named. `response` has status and headers. */
export type Result<Data, Refusal extends Problem = Problem> =
  | { ok: true; data: Data; response: Response }
  | { ok: false; problem: Refusal; response: Response };

/** The options that every call takes besides its own input. Each goes to `fetch` as it is. */
export interface CallOptions {
  headers?: Record<string, string>;
  /** Aborts the call, which then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** By default `include`; `omit` asks as a stranger would. */
  credentials?: NonNullable<RequestInit['credentials']>;
}

type Takes<Call> = Call extends { body: unknown } | { params: unknown }
  ? [options: CallOptions & Pick<Call, Extract<keyof Call, 'body' | 'params'>>]
  : Call extends { query: infer Query }
    ? [options?: CallOptions & { query?: Query }]
    : [options?: CallOptions];
type Gives<Call> = Call extends { data: infer Data; problem: infer Refusal extends Problem }
  ? Promise<Result<Data, Refusal>>
  : never;

/**
 * The client has a method for each HTTP method, generic over its paths. {@link Calls} has the input and output of each path.
 *
 * Refusals are values (`ok: false`). A call rejects only as `fetch` does (`TypeError` when no response came,
 * `AbortError`) or with `UnexpectedResponse`.
 */
export interface Client {
  /**
   * Reads.
   * @example
   * const me = await coatcheck.GET('/me');
   * if (me.ok) console.log(`Hello, ${me.data.username}`);
   */
  GET<Path extends keyof Calls['GET']>(
    path: Path,
    ...takes: Takes<Calls['GET'][Path]>
  ): Gives<Calls['GET'][Path]>;
  /**
   * Registers, logs in, logs out.
   * @example
   * const login = await coatcheck.POST('/login', { body: { username: 'ada', password: 'umbrella left by the door' } });
   * if (!login.ok) console.log(login.problem.detail);
   */
  POST<Path extends keyof Calls['POST']>(
    path: Path,
    ...takes: Takes<Calls['POST'][Path]>
  ): Gives<Calls['POST'][Path]>;
  /**
   * Replaces.
   * @example
   * await coatcheck.PUT('/me/password', {
   *   body: { currentPassword: 'umbrella left by the door', newPassword: 'gloves in the left pocket' },
   * });
   */
  PUT<Path extends keyof Calls['PUT']>(
    path: Path,
    ...takes: Takes<Calls['PUT'][Path]>
  ): Gives<Calls['PUT'][Path]>;
  /**
   * Changes what the body names and leaves the rest (RFC 7396).
   * @example
   * await coatcheck.PATCH('/me', { body: { displayName: 'Ada Lovelace' } });
   */
  PATCH<Path extends keyof Calls['PATCH']>(
    path: Path,
    ...takes: Takes<Calls['PATCH'][Path]>
  ): Gives<Calls['PATCH'][Path]>;
  /**
   * Ends sessions, or removes the account.
   * @example
   * await coatcheck.DELETE('/me/sessions/{id}', { params: { id: '5-4CePdNQW2HbcJWaLROGQ' } });
   */
  DELETE<Path extends keyof Calls['DELETE']>(
    path: Path,
    ...takes: Takes<Calls['DELETE'][Path]>
  ): Gives<Calls['DELETE'][Path]>;
}
