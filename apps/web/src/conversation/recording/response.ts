import type { Conversation } from '@coatcheck/api-types';
import { type Exchange, shownHeaderNames } from './exchange.ts';

/** Calls whose success logs in. */
const loggingIn = new Set(['POST /login', 'POST /login/passkey', 'POST /recover', 'POST /links/use']);
/** Calls whose success begins a session that is logged in. */
const beginning = new Set([...loggingIn, 'POST /register']);
/** Calls whose success gives the browser a new ticket. */
const giving = new Set([...beginning, 'PUT /me/password']);
/** Calls whose success clears the cookie. */
const clearing = new Set(['POST /logout', 'DELETE /me']);

/** Whether an exchange is a login, by whatever way. */
export const isLogIn = ({ method, path }: Exchange): boolean => loggingIn.has(`${method} ${path}`);

/** Whether an exchange is a login or a registration. */
export const isBeginning = ({ method, path }: Exchange): boolean => beginning.has(`${method} ${path}`);

/** The members of an exchange that its response sets. */
type ResponsePart = Pick<
  Exchange,
  'status' | 'foreign' | 'responseHeaders' | 'cookie' | 'problem' | 'told' | 'sent'
>;

/**
 * Reads a response. Scripts never see `Set-Cookie`, so whether there was one is inferred from the call and its outcome.
 * @param exchange the exchange as its request began it
 * @param response the response, whose body can still be read afterwards
 * @param tookMs milliseconds from the request to the response
 */
export async function readResponse(
  exchange: Exchange,
  response: Response,
  tookMs: number,
): Promise<ResponsePart> {
  const { method, path } = exchange;
  const { ok, status, headers } = response;
  const body = status === 204 ? undefined : await jsonIn(response);
  const foreign = status !== 204 && body === undefined;
  const isDone = ok && !foreign;
  const told: Conversation | undefined = isDone && path === '/session' ? body : undefined;
  const call = `${method} ${path}`;
  const isGiven =
    isDone && (giving.has(call) || (method === 'PATCH' && !!told && isBegun(exchange, told, tookMs)));
  return {
    status,
    foreign,
    responseHeaders: shownHeaderNames.flatMap((name): Exchange['responseHeaders'] => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
    cookie: isGiven ? 'given' : isDone && clearing.has(call) ? 'cleared' : undefined,
    problem: ok ? undefined : body,
    told,
    sent: told ? told.cookie.sent : exchange.sent,
  };
}

/**
 * The exchanges, completed by what the server has told after them.
 * @param told the conversation that the newest response told
 */
export function completed(exchanges: Exchange[], told: Conversation): Exchange[] {
  const lastChange = exchanges.findLastIndex(({ cookie }) => cookie !== undefined);
  return exchanges.map((exchange, n) => {
    if (exchange.omitsCredentials) return exchange;
    const isUntold = !exchange.told && !!exchange.status && !exchange.problem && !exchange.foreign;
    // The browser has attached the same cookie since the last response that changed it.
    const sent = exchange.sent ?? (n > lastChange ? told.cookie.sent : undefined);
    return { ...exchange, sent, told: isUntold ? told : exchange.told };
  });
}

/** The JSON in a response of Coatcheck. Undefined: the response is not Coatcheck's. */
async function jsonIn(response: Response) {
  const type = response.headers.get('content-type')?.split(';', 1)[0];
  if (type !== (response.ok ? 'application/json' : 'application/problem+json')) return undefined;
  return response
    .clone()
    .json()
    .catch(() => undefined);
}

/**
 * Whether a `PATCH /session` began the session that it tells of. A session that it began has another id than the session
 * before, and is no older than the request.
 */
function isBegun({ before }: Exchange, { session, now }: Conversation, tookMs: number): boolean {
  if (!session || session.id === before?.session?.id) return false;
  return Date.parse(now) - Date.parse(session.createdAt) <= tookMs;
}
