import type { EndReason, TerminalCause } from '@coatcheck/api-types';

/** Sentences for a person: the cause and the remedy. */
interface Advice {
  what: string;
  change: string;
}

/** A broken link of the chain. */
export interface Fault extends Advice {
  cause: TerminalCause;
}

/** The sentences of each cause, made from the facts that the examination found. */
const advice = {
  'no-answer': ({ url, code }: { url: URL; code: string }) => ({
    what: `${url.origin} does not answer (${code}).`,
    change: /CERT|SSL|TLS/i.test(code)
      ? 'Browsers refuse such a certificate, too. Give the proxy one that is valid for this name.'
      : 'Check that the server runs, its address, and what stands between.',
  }),
  redirect: ({ url, target }: { url: URL; target: string }) => ({
    what: `${url.origin} sends people on to ${target}.`,
    change: 'That is the address to look at: give it as --url, and set it as PUBLIC_URL.',
  }),
  unavailable: ({ call }: { call: string }) => ({
    what: `the server answers, and cannot do ${call} now.`,
    change: 'Its log says why; mostly the database does not answer.',
  }),
  'not-coatcheck': ({ call, url, status, contentType }: NotCoatcheck) => ({
    what: `${call} at ${url.origin} is answered by something that is no Coatcheck: ${status}, ${contentType ?? 'no content type'}.`,
    change: 'Check the address, and that the proxy passes every path and method on.',
  }),
  'secure-over-http': ({ url, refusal }: { url: URL; refusal: string | undefined }) => ({
    what: `the cookie is Secure, and ${url.origin} is http. Browsers neither keep nor show it there.`,
    change: `People must open the https address. ${refusal ?? 'If there is none, PUBLIC_URL must not be https.'}`,
  }),
  'public-url-http': ({ url }: { url: URL }) => ({
    what: `people come over https (${url.origin}), and the server thinks that they type an http address.`,
    change: `Start it with PUBLIC_URL=${url.origin}.`,
  }),
  loopback: ({ hosts: [one, other], best }: { hosts: [string, string]; best: string }) => ({
    what: `${one} and ${other} are one machine, and to a browser two hosts: each has its own cookies.`,
    change: `Use one name everywhere, ${best} for instance.`,
  }),
  'third-party': ({ url, page }: { url: URL; page: URL }) => ({
    what: `${url.origin} is of another site than ${page.origin}. A SameSite=Lax cookie never travels with its calls.`,
    change: 'Serve both under one domain, like app.example.com and id.example.com, both over https.',
  }),
  origin: ({ page, refusal }: { page: URL; refusal: string }) => ({
    what: `the server lets pages of ${page.origin} change nothing. ${refusal}`,
    change: `If ${page.origin} is right, name it in PUBLIC_URL, or in ALLOWED_ORIGINS beside it.`,
  }),
  cors: ({ origin }: { origin: string }) => ({
    what: `the server allows ${origin}, and its answer arrives without saying so (Access-Control-Allow-Origin, -Credentials).`,
    change: 'Let the proxy pass these headers on as they are, and add none of its own.',
  }),
  clock: ({ minutesAhead }: { minutesAhead: number }) => ({
    what: `the server's clock is ${spelled(Math.abs(minutesAhead))} ${minutesAhead > 0 ? 'ahead of' : 'behind'} this machine's. Cookies may end too soon or too late.`,
    change: 'Let both set their clocks by the network.',
  }),
  'cookie-lost': ({ way }: { way: 'there' | 'back' }) => ({
    what: `a ticket was given, and ${way === 'there' ? 'the request came without it' : 'the answer came without Set-Cookie'}.`,
    change: 'Let the proxy pass Cookie and Set-Cookie on as they are.',
  }),
  databases: ({ strangers, asked }: { strangers: number; asked: number }) => ({
    what: `asked ${asked} times with one ticket, the server did not know it ${strangers} times. Several processes answer, and not all look into the same database.`,
    change:
      'Give all of them the same DATABASE_URL. Processes on several machines need PostgreSQL. (This left a guest at most, for two hours.)',
  }),
  proxy: ({ address }: { address: string }) => ({
    what: `the server takes this machine for ${address}, which is the proxy in front of it. Everybody shares that one address and its limits.`,
    change: `Start it with TRUSTED_PROXIES=${address}, and let the proxy send X-Forwarded-For.`,
  }),
  guest: () => ({
    what: 'the session of TICKET lives, and is a guest’s: nobody logged in with it.',
    change: 'Log in, or register.',
  }),
  unknown: () =>
    over('the server has no row for it: it ended more than a week ago, or this is another database'),
  'expired-idle': () => over('it was not used for longer than SESSION_IDLE or REMEMBER_IDLE'),
  'expired-absolute': () => over('it had reached SESSION_LIFETIME or REMEMBER_LIFETIME'),
  'logged-out': () => over('it was logged out'),
  replaced: () =>
    over(
      'a newer ticket took its place at a login or a new password, and the browser shows the old one still',
    ),
  revoked: () => over('it was ended from another device, or by a new password'),
  credentials: () => ({
    what: `what is left is the page's own code.`,
    change:
      'Give fetch credentials: "include" in every call, as the client of @coatcheck/api-types does; without it the browser leaves the ticket at home.',
  }),
} satisfies Record<TerminalCause, (seen: never) => Advice> & Record<EndReason, () => Advice>;

interface NotCoatcheck {
  /** `GET /session`, for instance. */
  call: string;
  url: URL;
  status: number;
  contentType: string | undefined;
}

type Seen<Cause extends TerminalCause> = Parameters<(typeof advice)[Cause]>;

/** @returns a broken link in sentences. @param seen the facts that they mention */
export function fault<Cause extends TerminalCause>(cause: Cause, ...seen: Seen<Cause>): Fault {
  const advise = advice[cause] as (...seen: Seen<Cause>) => Advice;
  return { cause, ...advise(...seen) };
}

const over = (why: string): Advice => ({
  what: `the session of TICKET is over: ${why}.`,
  change: 'Log in again.',
});

const spelled = (minutes: number) =>
  minutes < 120 ? `${Math.round(minutes)} minutes` : `${Math.round(minutes / 60)} hours`;
