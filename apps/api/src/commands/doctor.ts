import { escapeLines } from '../http/controls.ts';
import { isTicket } from '../session/ticket.ts';
import { type Examination, examine } from './doctor/examine.ts';
import { withoutSlash } from './doctor/exchange.ts';
import { report } from './doctor/report.ts';
import { UsageError } from './usage-error.ts';

interface Options {
  url: string;
  origin?: string;
  app?: string;
}

/**
 * Looks at every link of the chain between a person and being logged in, and prints which are sound and which broken. The
 * examination begins a guest's session and ends it.
 * @param options `url`: the URL that people type; `origin`: the page that calls, `url` itself where it is left out; `app`:
 * the URL of an app behind the login.
 * @param env `TICKET`: a ticket to look at, as a browser keeps it; `IDENTITY_HEADER` and `IN_FRONT_OF_ACCESS`: the settings
 * of the server, where they are not the defaults.
 * @returns whether nothing is broken.
 * @throws {UsageError} when an option or the ticket has the wrong form.
 */
export async function doctor(options: Options, env: Record<string, string | undefined>): Promise<boolean> {
  const examination = readExamination(options, env);
  process.stderr.write(
    `Address: ${withoutSlash(examination.url)}. Database: whichever the server there has.\n`,
  );
  const result = await examine(examination);
  // Another person's server may have sent any text.
  process.stdout.write(`${escapeLines(report(examination, result))}\n`);
  return result.findings.length === 0;
}

function readExamination(
  { url, origin, app }: Options,
  env: Record<string, string | undefined>,
): Examination {
  const ticket = env.TICKET || undefined;
  if (ticket !== undefined && !isTicket(ticket)) {
    throw new UsageError(
      'TICKET is not the value of a session cookie: that has 43 characters of A to Z, a to z, 0 to 9, - and _.',
    );
  }
  const server = readUrl('--url', url);
  server.search = '';
  server.hash = '';
  const behind =
    app === undefined
      ? undefined
      : {
          app: readUrl('--app', app),
          isOpen: env.IN_FRONT_OF_ACCESS === 'everyone',
          identityHeader: env.IDENTITY_HEADER || 'Remote-User',
        };
  return { url: server, origin: readUrl('--origin', origin ?? url).origin, ticket, behind };
}

function readUrl(option: string, value: string): URL {
  const parsed = URL.canParse(value) ? new URL(value) : undefined;
  if (parsed && /^https?:$/.test(parsed.protocol)) return parsed;
  throw new UsageError(`${option} is ${JSON.stringify(value)}. Give a URL like https://id.example.com.`);
}
