import type {
  Activity,
  Conversation,
  DeviceLink,
  LoginMethods,
  OpenedLink,
  Passkey,
  PasskeyCreationOptions,
  PasskeyRequestOptions,
  Problem,
  RecoveryCodes,
  Sessions,
  User,
} from '@coatcheck/api-types';

/** What the server of a story says to each call; `silence`: nothing ever, `done`: a 204, `gone`: the connection fails. */
export type Said = { [call in Call]?: Answer | undefined };
type Call =
  | 'GET /session'
  | 'PATCH /session'
  | 'POST /login'
  | 'POST /register'
  | 'POST /login/passkey/options'
  | 'POST /login/passkey'
  | 'POST /recover'
  | 'POST /links/open'
  | 'POST /links/use'
  | 'POST /logout'
  | 'PATCH /me'
  | 'DELETE /me'
  | 'PUT /me/password'
  | 'GET /me/sessions'
  | 'DELETE /me/sessions'
  | `DELETE /me/sessions/${string}`
  | 'GET /me/activity'
  | 'GET /me/login-methods'
  | 'PATCH /me/login-methods'
  | 'POST /me/passkeys/options'
  | 'POST /me/passkeys'
  | `PATCH /me/passkeys/${string}`
  | `DELETE /me/passkeys/${string}`
  | 'POST /me/proof/options'
  | 'POST /me/proof'
  | 'POST /me/recovery-codes'
  | 'POST /me/device-links';
type Answer =
  | Conversation
  | User
  | Sessions
  | Activity
  | LoginMethods
  | Passkey
  | PasskeyCreationOptions
  | PasskeyRequestOptions
  | RecoveryCodes
  | DeviceLink
  | OpenedLink
  | Problem
  | 'silence'
  | 'done'
  | 'gone'
  | 'nonsense'
  | (() => Answer);

/** A `fetch` that asks nobody. */
export function answerAs(said: Said): typeof fetch {
  return async (input, init) => {
    const call = `${init?.method ?? 'GET'} ${new URL(String(input), window.location.href).pathname}`;
    let answer = said[call as keyof Said] ?? 'silence';
    while (typeof answer === 'function') answer = answer();
    if (answer === 'silence') return new Promise(() => {});
    if (answer === 'done') return new Response(null, { status: 204 });
    if (answer === 'gone') throw new TypeError('Failed to fetch');
    if (answer === 'nonsense') return Response.json({ user: {}, session: {} });
    const refused = 'detail' in answer ? answer : undefined;
    const type = refused ? 'application/problem+json' : 'application/json';
    return new Response(JSON.stringify(answer), {
      status: refused?.status ?? 200,
      headers: { 'content-type': type },
    });
  };
}
