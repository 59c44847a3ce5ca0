import type { Conversation } from '@coatcheck/api-types';
import { type Exchange, shownHeaders } from './exchange.ts';

/** Calls whose success hands a new ticket out, and those that clear the cookie. */
const giving = new Set(['POST /login', 'POST /register', 'PUT /me/password']);
const clearing = new Set(['POST /logout', 'DELETE /me']);

/** What an answer adds to its exchange. */
type Answer = Pick<Exchange, 'status' | 'foreign' | 'heard' | 'cookie' | 'problem' | 'told' | 'sent'>;

/**
 * Reads what an answer says. Scripts never see `Set-Cookie`; whether there was one follows from the call.
 * @param response its body can still be read afterwards
 * @param tookMs milliseconds from the question to the answer
 */
export async function readAnswer(exchange: Exchange, response: Response, tookMs: number): Promise<Answer> {
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
    heard: shownHeaders.flatMap((name): Exchange['heard'] => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
    cookie: isGiven ? 'given' : isDone && clearing.has(call) ? 'cleared' : undefined,
    problem: ok ? undefined : body,
    told,
    sent: told ? told.cookie.sent : exchange.sent,
  };
}

/** Exchanges with what the newest answer tells of those that said nothing about themselves. */
export function completed(exchanges: Exchange[], told: Conversation): Exchange[] {
  const changed = exchanges.findLastIndex(({ cookie }) => cookie !== undefined);
  return exchanges.map((exchange, n) => {
    if (exchange.asStranger) return exchange;
    const isSilent = !exchange.told && !!exchange.status && !exchange.problem && !exchange.foreign;
    // What was attached then is what is attached now, as long as nothing was set in between.
    const sent = exchange.sent ?? (n > changed ? told.cookie.sent : undefined);
    return { ...exchange, sent, told: isSilent ? told : exchange.told };
  });
}

/** What Coatcheck answered; undefined where something else did. */
async function jsonIn(response: Response) {
  const type = response.headers.get('content-type')?.split(';', 1)[0];
  if (type !== (response.ok ? 'application/json' : 'application/problem+json')) return undefined;
  return response
    .clone()
    .json()
    .catch(() => undefined);
}

/** Whether a `PATCH /session` began the session that it tells of: the session is new, and no older than the question. */
function isBegun({ before }: Exchange, { session, now }: Conversation, tookMs: number): boolean {
  if (!session || session.id === before?.session?.id) return false;
  return Date.parse(now) - Date.parse(session.createdAt) <= tookMs;
}
