import { maxPasswordLength, maxUsernameLength, minUsernameLength } from '@coatcheck/api-types';
import { FieldRule, NotLoggedInReason } from '@coatcheck/api-types/schemas';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../apps/api/src/config.ts';
import { inKiB, problemTypes } from '../apps/api/src/http/problem-types.ts';
import { securityEvents } from '../apps/api/src/http/security-log.ts';
import { waitAfter } from '../apps/api/src/password/limits.ts';
import { retentionMs, storeCaps } from '../apps/api/src/store/retention.ts';
import { challengesPerNetworkAndMinute } from '../apps/api/src/ways/challenges.ts';
import { linkMs } from '../apps/api/src/ways/links.ts';
import { maxPasskeyNameLength } from '../packages/api-types/src/credentials.ts';
import { maxProfileLengths } from '../packages/api-types/src/profile.ts';
import { lanes, withDatabase } from '../vitest.config.ts';
import { documents, read } from './markdown.ts';

// Holds what the documents say to what the code knows.

const unfolded = (path: string) => read(path).replaceAll(/\s+/g, ' ');

/** @returns the rows of a document's tables, heads included, as their cells without code marks. */
const rowsOf = (path: string) =>
  [...read(path).matchAll(/^ *\| (.*) \|$/gm)].map(([, row = '']) =>
    row.split(' | ').map((cell) => cell.replaceAll('`', '').trim()),
  );

/** @returns the number that a file of the server gives a constant of this name. */
function constant(file: string, name: string): number {
  const [, sum] = new RegExp(`\\b${name}(?: =|:) ([\\d_ *.]+)[;,]`).exec(read(`apps/api/src/${file}`)) ?? [];
  if (sum === undefined) throw new Error(`${file} has no number called ${name}`);
  return sum.split('*').reduce((product, factor) => product * Number(factor.replaceAll('_', '')), 1);
}

/** Milliseconds, as the documents write them. */
function span(ms: number): string {
  if (ms < 1000) return `${ms} ms`;
  if (ms < 60_000 * 2) return `${ms / 1000} s`;
  return ms < 3_600_000 ? `${ms / 60_000} minutes` : `${ms / 3_600_000} h`;
}

const day = 24 * 60 * 60_000;
const minute = 60_000;
const quotas = (name: string) => `${constant('routes/quotas.ts', name)} an hour`;
const seconds = (file: string, name: string) => span(constant(file, name));
const count = (file: string, name: string) => String(constant(file, name));
const firstToWait = Array.from({ length: 50 }, (_, failures) => failures).findIndex((n) => waitAfter(n) > 0);

const [, ...pageOfEvents] =
  /minimum: (\d+), maximum: (\d+), default: (\d+)/.exec(
    read('packages/api-types/src/contract/activity.ts'),
  ) ?? [];

/** The first two cells of each row of docs/limits.md. */
const limits: Record<string, string> = {
  'failed logins for a username in a row': String(firstToWait),
  'that wait': `${span(waitAfter(firstToWait))}, doubling up to ${span(waitAfter(1000))}`,
  'first attempts of a fresh network while the username waits': count(
    'password/limits.ts',
    'triesOfFreshNetwork',
  ),
  'failed logins from a network': `${constant('password/limits.ts', 'failuresPerNetwork')} in ${span(1000 * constant('password/limits.ts', 'failureWindowSeconds'))}`,
  'accounts made from a network': `${readConfig({}).registrationsPerHour} an hour`,
  'taken usernames found from a network': quotas('namesFoundPerNetworkAndHour'),
  'anonymous sessions begun from a network': quotas('guestsPerNetworkAndHour'),
  'exports of an account': quotas('exportsPerAccountAndHour'),
  'profile changes of an account': quotas('profileChangesPerAccountAndHour'),
  'sets of recovery codes of an account': quotas('recoveryCodesPerAccountAndHour'),
  'links for another device of an account': quotas('deviceLinksPerAccountAndHour'),
  'links opened or used in vain from a network': `${constant('routes/quotas.ts', 'voidLinksPerNetwork')} in ${span(1000 * constant('routes/quotas.ts', 'voidLinkWindowSeconds'))}`,
  'invitations that wait': String(storeCaps.maxWaitingInvitations),
  'a link for a new password is good': span(linkMs.reset),
  'an invitation is good': `${linkMs.invitation / day} days`,
  'a link for another device is good': span(linkMs.device),
  'decisions whether a password is enough, of an account': quotas('loginMethodChangesPerAccountAndHour'),
  'passkeys of an account': String(storeCaps.maxPasskeysPerAccount),
  'name of a passkey': `${maxPasskeyNameLength} code points`,
  'id of a passkey’s credential': `${constant('ways/webauthn.ts', 'maxCredentialIdBytes').toLocaleString('en')} bytes`,
  'challenges that wait for a passkey, of a network': String(storeCaps.maxChallengesPerNetwork),
  'challenges for passkeys that a network asks a process for': `${challengesPerNetworkAndMinute.toLocaleString('en')} a minute`,
  'time to answer a challenge': seconds('ways/challenges.ts', 'challengeMs'),
  'time for which a proof counts': seconds('ways/proof.ts', 'proofMs'),
  'sessions of an account': String(storeCaps.maxSessionsPerAccount),
  'passwords hashed at a time': 'one a core',
  'passwords waiting in the queue': count('password/queue.ts', 'maxWaiting'),
  'wait in the queue': seconds('password/queue.ts', 'maxWaitMs'),
  username: `${minUsernameLength} to ${maxUsernameLength} characters`,
  password: `${maxPasswordLength} code points`,
  'display name': `${maxProfileLengths.displayName} code points`,
  email: `${maxProfileLengths.email} characters`,
  'body of a request': inKiB(constant('http/body.ts', 'maxBodyBytes')),
  'chunks of a body that arrive at once': count('http/body-chunks.ts', 'maxChunksPerTurn'),
  'chunks for an app that arrive at once, of all connections': constant(
    'http/body-chunks.ts',
    'maxStreamedPerTurn',
  ).toLocaleString('en'),
  'nesting of a body': `${constant('http/json.ts', 'maxDepth')} levels`,
  'data stored in a session': `${inKiB(constant('session/memory.ts', 'maxRememberedBytes'))}, ${constant('session/memory.ts', 'maxRememberedLevels')} levels`,
  'mistakes named in one response': count('http/problems.ts', 'maxErrors'),
  'events on a page of the activity': pageOfEvents.join(' to ').replace(/ to (\d+)$/, ', by default $1'),
  'name of the house (HOUSE_NAME)': `${constant('house/text.ts', 'maxNameLength')} characters`,
  'logo of the house (HOUSE_LOGO)': `${inKiB(constant('house/logo.ts', 'maxLogoBytes'))}; a PNG ${constant('house/logo.ts', 'maxPixels')} by ${constant('house/logo.ts', 'maxPixels')} pixels`,
  'headers of a request': `within ${seconds('app.ts', 'headersTimeout')}`,
  'a whole request': `within ${seconds('app.ts', 'requestTimeout')}`,
  'a response that nobody reads': seconds('app.ts', 'connectionTimeout'),
  'an export that nobody reads': seconds('routes/export.ts', 'stalledMs'),
  'an app taking a connection': seconds('gate/app-client.ts', 'maxConnectMs'),
  'an app beginning its answer': seconds('gate/app-client.ts', 'maxAnswerMs'),
  'headers of an app’s answer': inKiB(constant('gate/app-client.ts', 'maxHeaderBytes')),
  'a client that sends or reads nothing of what passes the gate': seconds('gate/pass-on.ts', 'maxStillMs'),
  'what is open at the gate when its session has ended': `${(constant('gate/open-exchanges.ts', 'lookMs') + constant('gate/open-exchanges.ts', 'maxUnknownMs')) / 1000} s`,
  'a connection without requests': seconds('app.ts', 'keepAliveTimeout'),
  'unanswered requests on a connection (pipelining)': count('http/pipelining.ts', 'maxUnanswered'),
  'requests that begin in one turn of the event loop': count('http/request-turns.ts', 'maxBegun'),
  'requests under way of a network before it counts as a crowd': count(
    'http/request-turns.ts',
    'maxUnderWay',
  ),
  'connections to PostgreSQL of a process': count('store/engines/postgres.ts', 'maxConnections'),
  'wait for a connection to PostgreSQL': seconds('store/engines/postgres.ts', 'connectTimeoutMs'),
  'a statement in PostgreSQL': seconds('store/engines/postgres.ts', 'statementTimeoutMs'),
  'wait for SQLite’s lock': seconds('store/engines/sqlite-queue.ts', 'maxWaitMs'),
  'graceful shutdown: new requests are still answered': seconds('http/shutdown.ts', 'graceMs'),
  'graceful shutdown: passwords may wait in the queue': seconds('http/shutdown.ts', 'queueMs'),
  'graceful shutdown: requests in flight may finish': seconds('http/shutdown.ts', 'drainMs'),
  'graceful shutdown in all': seconds('server.ts', 'maxClosingMs'),
  'log lines of one network and one event': `${constant('http/event-budget.ts', 'maxLinesPerMinute')} a minute`,
  'log lines that wait for a slow reader': `${constant('http/log-destination.ts', 'maxWaitingBytes') / 1024 ** 2} MiB`,
};

describe('docs/limits.md', () => {
  it('has each limit as the code has it, and none that no test knows', () => {
    const [, , ...rows] = rowsOf('docs/limits.md');
    expect(Object.fromEntries(rows.map(([what = '', much]) => [what.replace("'", '’'), much]))).toEqual(
      limits,
    );
  });

  it('tells when a count of failed logins is over, and which networks are familiar', () => {
    const text = unfolded('docs/limits.md');
    expect(text).toContain(`or ${retentionMs.loginFailures / (60 * minute)} h without a failure`);
    expect(text).toContain(
      `fewer than ${constant('password/limits.ts', 'dailyFailuresForFreshNetworks')} failures in a day`,
    );
    expect(text).toContain(`from a network in the last ${retentionMs.familiarNetworks / day} days`);
  });
});

describe('docs/data-retention.md', () => {
  it.each([
    ['sessions', `until they end; at most ${storeCaps.maxSessionsPerAccount} per account`],
    ['tombstones', `${retentionMs.tombstones / day} days`],
    [
      'activity',
      `${retentionMs.events / day} days; ${Object.values(storeCaps.maxEventsPerType)
        .reduce((sum, share) => sum + share)
        .toLocaleString('en')} per account`,
    ],
    [
      'networks',
      `${retentionMs.familiarNetworks / day} days; at most ${storeCaps.maxFamiliarNetworks} per account`,
    ],
    ['one-time links', `until they are used or over, and ${retentionMs.links / day} days longer`],
    ['failed logins', `${retentionMs.loginFailures / (60 * minute)} hours`],
    [
      'files',
      `${retentionMs.assets / day} days after their last use; ${storeCaps.maxAssetVersions} versions`,
    ],
  ])('keeps %s as long as the code does: %s', (what, howLong) => {
    const row = rowsOf('docs/data-retention.md').find(([cell = '']) => cell.startsWith(what));
    expect(row?.[1]).toContain(howLong);
  });
});

describe('docs/errors.md', () => {
  const rows = rowsOf('docs/errors.md');

  it('has every problem with its status and title', () => {
    const shown = rows.filter(([status = '']) => /^\d+$/.test(status)).map((row) => row.slice(0, 3));
    const known = Object.entries(problemTypes).map(([slug, { status, title }]) => [
      String(status),
      slug,
      title,
    ]);
    expect(shown.sort()).toEqual(known.sort());
  });

  it.each([
    ['reason', NotLoggedInReason],
    ['rule', FieldRule],
  ])('has every %s', (name, schema) => {
    const at = rows.findIndex(([head]) => head === name);
    const values = (schema as unknown as { enum: string[] }).enum;
    const shown = rows.slice(at + 2, at + 2 + values.length).map(([value]) => value);
    expect(shown.sort()).toEqual([...values].sort());
  });
});

describe('docs/log-events.md', () => {
  it('names every security event', () => {
    const shown = rowsOf('docs/log-events.md').flatMap(
      ([names = '']) => names.match(/[a-z]+(?:_[a-z]+)+/g) ?? [],
    );
    expect(shown.sort()).toEqual([...securityEvents, 'sys_startup', 'sys_shutdown'].sort());
  });
});

describe('docs/configuration.md', () => {
  it('names every setting that there is, with its default, as .env.example does', () => {
    const names = [...read('apps/api/src/config.ts').matchAll(/'([A-Z]+(?:_[A-Z]+)*)'/g)].map(
      ([, name = '']) => name,
    );
    const example = [...read('.env.example').matchAll(/^# ([A-Z_]+)=(.*)$/gm)];
    const defaults = Object.fromEntries(example.map(([, name = '', value = '']) => [name, value]));
    expect(new Set(Object.keys(defaults))).toEqual(new Set(names));
    // The URL is written with the port that HOST and PORT have by default; unset, it follows them.
    expect(readConfig({ ...defaults, PUBLIC_URL: '' })).toEqual(readConfig({}));
    const shown = rowsOf('docs/configuration.md')
      .filter(([named = '']) => /^[A-Z_, ]+$/.test(named))
      .flatMap(([named = '', values = '']) => {
        const each = values.replace('$PORT', '3000').split(', ');
        return named.split(', ').map((name, at) => [name, each[at] ?? '']);
      });
    expect(Object.fromEntries(shown)).toEqual(defaults);
  });
});

describe('docs/databases.md', () => {
  it('says which tests run on both engines', () => {
    expect(unfolded('docs/databases.md')).toContain(
      'The tests of the API and the store, of several processes and of staying logged in run on both',
    );
    const onPostgres = lanes(false).flatMap(({ test }) =>
      test.provide.engine === 'postgres' ? test.include : [],
    );
    expect(onPostgres).toEqual([
      ...withDatabase,
      'tests/many-processes.test.ts',
      'tests/browser/stay.test.ts',
      '**/*.timing.test.ts',
    ]);
    expect(withDatabase).toContain('apps/api/src/store/store.test.ts');
  });
});

describe('docs/command-line.md', () => {
  it('has every exit code that the programs end with', () => {
    const programs = ['server.js', 'src/server.ts', 'src/cli.ts', 'src/commands/ask-password.ts'];
    const ended = programs.flatMap((program) =>
      [...read(`apps/api/${program}`).matchAll(/(?:process\.exit\(|exitCode = )(\d+)/g)].map(
        ([, code = '']) => code,
      ),
    );
    const shown = rowsOf('docs/command-line.md').flatMap(([, code = '']) =>
      /^\d+$/.test(code) ? [code] : [],
    );
    expect(new Set(shown)).toEqual(new Set(['0', ...ended]));
  });
});

describe('the README', () => {
  const readme = read('README.md');

  it('is read in two minutes, and the first command stands near its top', () => {
    const lines = readme.split('\n');
    expect(lines.length).toBeLessThanOrEqual(150);
    expect(lines.findIndex((line) => line.includes('npx -y pnpm start'))).toBeLessThan(15);
  });

  it('shows the example of the types package that is compiled and run', () => {
    const example = read('tests/packed-types/who-is.ts');
    expect(readme).toContain(example);
    expect(read('packages/api-types/README.md')).toContain(example);
  });

  it('names a test for each guarantee', () => {
    const [, section = ''] = readme.split('\n## What is guaranteed, and what is not\n');
    const guarantees =
      section
        .split('\n\n')[0]
        ?.split(/\n?^- /m)
        .filter((text) => text.trim() !== '') ?? [];
    expect(guarantees.length).toBeGreaterThanOrEqual(8);
    for (const guarantee of guarantees) expect(guarantee).toMatch(/\]\([\w/.-]+\.test\.ts\)/);
  });
});

describe('the documents', () => {
  it.each([
    ['authentication server', 'README.md'],
    ['self-hosted', 'README.md'],
    ['CSRF', 'README.md'],
    ['reverse proxy', 'docs/reverse-proxy.md'],
    ['CSRF', 'docs/security.md'],
    ['session cookie', 'docs/how-sessions-work.md'],
    ['revoke', 'docs/api.md'],
    ['idle timeout', 'docs/configuration.md'],
    ['graceful shutdown', 'docs/limits.md'],
    ['graceful shutdown', 'docs/systemd.md'],
  ])('say “%s”, the field’s word, in %s', (term, document) => {
    expect(unfolded(document).toLowerCase()).toContain(term.toLowerCase());
  });

  it('are all in the index', () => {
    const index = read('docs/README.md');
    const own = documents.filter((path) => /^docs\/(?!README)[^/]+\.md$/.test(path));
    expect(own.filter((path) => !index.includes(`](${path.slice('docs/'.length)})`))).toEqual([]);
  });

  it('show no password in a command', () => {
    for (const document of documents) {
      for (const [, address = ''] of read(document).matchAll(/--(?:from|to) (\S+)/g)) {
        expect(address, document).not.toMatch(/:[^/]*@/);
      }
    }
  });
});
