import type { EndReason, TerminalCause } from '@coatcheck/api-types';
import { withoutSlash } from './exchange.ts';

/** Sentences for a person: the cause and the remedy. */
interface Advice {
  what: string;
  change: string;
  /** The URL at which the doctor should be run again, whose command then ends the remedy. */
  again?: string;
}

/** A broken link of the chain. */
export interface Fault extends Advice {
  cause: TerminalCause;
}

/** The sentences of each cause, made from the facts that the examination found. */
const advice = {
  'no-answer': ({ url, code }: { url: URL; code: string }) => ({
    what: `${withoutSlash(url)} does not answer (${code}).`,
    change: /CERT|SSL|TLS/i.test(code)
      ? 'Browsers refuse such a certificate, too. Give the proxy one that is valid for this name.'
      : 'Check the URL, that the server runs, and what is between.',
  }),
  redirect: ({ url, target }: { url: URL; target: string }) => ({
    what: `${url.origin} redirects to ${target}.`,
    change: 'Give that URL as --url, and set it as PUBLIC_URL.',
  }),
  unavailable: ({ call }: { call: string }) => ({
    what: `the server answers, but cannot handle ${call} now.`,
    change: 'Its log says why; most often its database does not answer.',
  }),
  'not-coatcheck': ({ call, url, status, contentType }: NotCoatcheck) => ({
    what: `${call} at ${withoutSlash(url)} is answered by something other than Coatcheck: ${status}, ${contentType ?? 'no content type'}.`,
    change: 'Check the URL, its path included, and that the proxy passes every path and method on.',
  }),
  path: ({ call, url, home }: { call: string; url: URL; home: string | undefined }) =>
    home === undefined || home === withoutSlash(url)
      ? {
          what: `${call} at ${withoutSlash(url)} reaches Coatcheck under another path than the one it lives below.`,
          change:
            'Let the proxy pass the path on unchanged (nginx: no slash behind the address in proxy_pass), and give the whole URL, path included, as --url and as PUBLIC_URL.',
        }
      : {
          what: `Coatcheck is not at ${withoutSlash(url)}: its answer to ${call} says that it lives at ${home}.`,
          change: 'Run the doctor with that URL',
          again: home,
        },
  'secure-over-http': ({ url, refusal }: { url: URL; refusal: string | undefined }) => ({
    what: `the cookie is Secure, and ${url.origin} is http. Browsers neither store nor send it there.`,
    change: `People must open the https URL. ${refusal ?? 'If there is none, PUBLIC_URL must not be https.'}`,
  }),
  'public-url-http': ({ url }: { url: URL }) => ({
    what: `browsers use https (${url.origin}), and the server takes its own URL for http.`,
    change: `Start it with PUBLIC_URL=${withoutSlash(url)}.`,
  }),
  loopback: ({ hosts: [one, other], best }: { hosts: [string, string]; best: string }) => ({
    what: `${one} and ${other} are one machine, and to a browser two hosts: each has its own cookies.`,
    change: `Use one name everywhere, ${best} for instance.`,
  }),
  'third-party': ({ url, page }: { url: URL; page: URL }) => ({
    what: `${url.origin} and ${page.origin} are different sites. Browsers send no SameSite=Lax cookie from one to the other.`,
    change: 'Serve both under one domain, like app.example.com and id.example.com, both over https.',
  }),
  origin: ({ page, refusal }: { page: URL; refusal: string }) => ({
    what: `the server answers: ${refusal}`,
    change: `If ${page.origin} is right, set it as PUBLIC_URL, or add it to ALLOWED_ORIGINS.`,
  }),
  cors: ({ origin }: { origin: string }) => ({
    what: `the server allows ${origin}, but its response arrives without the headers that say so (Access-Control-Allow-Origin, Access-Control-Allow-Credentials).`,
    change: 'Let the proxy pass these headers on unchanged, and add none of its own.',
  }),
  clock: ({ minutesAhead }: { minutesAhead: number }) => ({
    what: `the server's clock is ${spelled(Math.abs(minutesAhead))} ${minutesAhead > 0 ? 'ahead of' : 'behind'} this machine's. Cookies may end too soon or too late.`,
    change: 'Synchronise both clocks (NTP).',
  }),
  'cookie-lost': ({ way }: { way: 'there' | 'back' }) => ({
    what: `${way === 'there' ? 'a cookie was sent, and reached the server without its value' : 'a session was started, and its response arrived without Set-Cookie'}.`,
    change: 'Let the proxy pass Cookie and Set-Cookie on unchanged.',
  }),
  databases: ({ strangers, asked }: { strangers: number; asked: number }) => ({
    what: `${asked} requests were sent with one cookie, and ${strangers} of them reached a process that does not know its session. Several processes answer, and not all use the same database.`,
    change:
      'Give all of them the same DATABASE_URL. Processes on several machines need PostgreSQL. (At most one session without a login is left over; it expires by itself.)',
  }),
  proxy: ({ address }: { address: string }) => ({
    what: `the server sees this machine's IP address as ${address}, which is the proxy in front of it. All clients share that one address and its rate limits.`,
    change: `Start it with TRUSTED_PROXIES=${address}, and let the proxy send X-Forwarded-For.`,
  }),
  next: ({ app }: { app: URL }) => ({
    what: `a login for a page of ${app.origin} does not lead back there: the server leads to its own origin and to ALLOWED_ORIGINS alone.`,
    change: `Serve the app at the origin of the server, or add ${app.origin} to ALLOWED_ORIGINS.`,
  }),
  'app-open': ({ app, status }: { app: URL; status: number }) => ({
    what: `${withoutSlash(app)} answers a stranger with ${status}, and neither with 401 nor with the way to the login.`,
    change:
      'Let the proxy ask GET /verify for every path of the app, or give the URL at which IN_FRONT_OF stands before it. Where strangers are meant to come in, run the doctor with IN_FRONT_OF_ACCESS=everyone in its environment.',
  }),
  forged: ({ app, came }: { app: URL; came: string[] }) => ({
    what: `${withoutSlash(app)} believes its clients: it got a name that the doctor made up in ${came.join('; ')}.`,
    change:
      'Let the proxy remove every spelling of the identity headers from what a client sends, as the files in docs/verify do, and let nothing else reach the app.',
  }),
  guest: () => ({
    what: 'the session in TICKET is valid, but nobody is logged in with it.',
    change: 'Log in, or register.',
  }),
  unknown: () =>
    over(
      'the database has no record of it: it ended more than a week ago, or the server uses another database',
    ),
  'expired-idle': () => over('it was not used for longer than SESSION_IDLE or REMEMBER_IDLE'),
  'expired-absolute': () => over('it reached SESSION_LIFETIME or REMEMBER_LIFETIME'),
  'logged-out': () => over('it was logged out'),
  replaced: () =>
    over(
      'a newer cookie replaced it at a login, a registration or a password change, and the browser still sends the old one',
    ),
  revoked: () =>
    over(
      'it was revoked from another session, by a password change, by the operator, by too many newer sessions, or with its account',
    ),
  credentials: () => ({
    what: `no check failed, so what is left is the page's own code.`,
    change:
      'Give fetch credentials: "include" in every call, as the client of @coatcheck/api-types does; without it the browser does not send the cookie.',
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
  what: `the session in TICKET has ended: ${why}.`,
  change: 'Log in again.',
});

const spelled = (minutes: number) =>
  minutes < 120 ? `${Math.round(minutes)} minutes` : `${Math.round(minutes / 60)} hours`;
