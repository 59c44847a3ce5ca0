import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { createClient } from '@coatcheck/api-types';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { databasesAt } from '../apps/api/test/postgres.ts';
import { password } from './browser/person.ts';
import { curlMissing, hasCurl } from './curl.ts';
import { type Block, commandsOf, documents, read, repository } from './markdown.ts';
import { bareEnv, type RunningServer, startServer } from './server.ts';

// Runs every command of every document that has no mark, in the order of the document. `documents.test.ts` holds the
// marks to what they say.

/** A command, and what the document shows below it. */
interface Entry {
  command: string;
  printed: string[];
}

/** A console block has a command behind each `$`, and its output below. Any other block is one script. */
function entriesOf({ language, text }: Block): Entry[] {
  if (language !== 'console') return [{ command: text, printed: [] }];
  return text
    .split(/^\$ /m)
    .slice(1)
    .map((entry) => entry.trimEnd().split('\n'))
    .map(([command = '', ...printed]) => ({ command, printed }));
}

/** Text in which `…` stands for whatever differs each time. */
const pattern = (text: string) => new RegExp(`^${text.split('…').map(RegExp.escape).join('.+')}$`);

/** Lines above the body must come in this order, though others may stand between; the body must be all of it. */
function expectPrinted(actual: string, printed: string[]) {
  const bodyAt = printed.findIndex((line) => line.startsWith('{'));
  const head = bodyAt < 0 ? printed : printed.slice(0, bodyAt);
  const lines = actual.split(/\r?\n/);
  let from = 0;
  for (const line of head) {
    const at = lines.findIndex((given, index) => index >= from && pattern(line).test(given));
    expect(at, `${line}\nin\n${actual}`).toBeGreaterThanOrEqual(from);
    from = at + 1;
  }
  if (bodyAt < 0) return;
  const body = JSON.parse(lines.at(-1) ?? '');
  expect(body).toEqual(
    JSON.parse(printed.slice(bodyAt).join(''), (_key, value) =>
      typeof value === 'string' && value.includes('…') ? expect.stringMatching(pattern(value)) : value,
    ),
  );
}

/** What stands in place of npx here: it runs the scripts of package.json without asking the network for pnpm. */
function npxIn(folder: string): void {
  const scripts: Record<string, string> = JSON.parse(read('package.json')).scripts;
  const cases = Object.entries(scripts).map(([name, script]) => `${name}) exec ${script} "$@" ;;`);
  const program = join(folder, 'npx');
  writeFileSync(
    program,
    `#!/bin/sh
     [ "$1 $2" = "-y pnpm" ] || exit 127
     shift 2
     [ "$1" = run ] && shift
     name=$1
     shift
     cd '${repository}' || exit 1
     case $name in
     ${cases.filter((line) => /\) exec node /.test(line)).join('\n')}
     *) exit 127 ;;
     esac
    `,
  );
  chmodSync(program, 0o755);
}

const hasSqlite = spawnSync('sqlite3', ['--version']).error === undefined;

for (const document of documents) {
  const entries = commandsOf(document)
    .filter(({ mark }) => mark === undefined)
    .flatMap(entriesOf);
  if (entries.length === 0) continue;
  const commands = entries.map(({ command }) => command).join('\n');
  const missing =
    !hasCurl && commands.includes('curl ')
      ? curlMissing
      : !hasSqlite && commands.includes('sqlite3 ')
        ? ' (skipped: sqlite3 is not installed here)'
        : '';

  describe.skipIf(missing !== '')(`the commands of ${document}${missing}`, () => {
    const databases = databasesAt(inject('postgresPort'));
    let folder: string;
    let database: string;
    let server: RunningServer;
    let isRunning = false;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'coatcheck-commands-'));
      for (const name of ['data', 'backups', 'bin']) mkdirSync(join(folder, name));
      npxIn(join(folder, 'bin'));
      database = await databases.create();
      server = await startServer({ dir: join(folder, 'data') });
      isRunning = true;
      if (commands.includes('/register')) return;
      const made = await createClient({ baseUrl: server.url }).POST('/register', {
        body: { username: 'ada', password },
      });
      expect(made.ok).toBe(true);
    });
    afterAll(async () => {
      if (isRunning) await server.stop();
      rmSync(folder, { recursive: true });
      await databases.drop(database);
    });

    it.each(entries)('$command', async ({ command, printed }) => {
      if (isRunning && command.includes('# The server is stopped.')) {
        await server.stop();
        isRunning = false;
      }
      // This machine's port, folders and database in place of the document's.
      const here = (text: string) =>
        text
          .replaceAll('localhost:3000', new URL(server.url).host)
          .replaceAll('data/coatcheck.db', join(folder, 'data/coatcheck.db'))
          .replaceAll('/var/backups', join(folder, 'backups'))
          .replaceAll('postgres://coatcheck@db.example.com/coatcheck', databases.url(database));
      const { stdout, stderr, status } = spawnSync(
        'bash',
        ['-ec', here(command).replace(/^curl /, 'curl -s ')],
        {
          cwd: folder,
          env: {
            ...bareEnv,
            PATH: [join(folder, 'bin'), dirname(process.execPath), bareEnv.PATH].join(delimiter),
            DATABASE_URL: `sqlite:${join(folder, 'data/coatcheck.db')}`,
          },
          // What somebody types who is asked for a password.
          input: 'a new umbrella this time\n',
          encoding: 'utf8',
        },
      );
      expect(status, stderr).toBe(0);
      expectPrinted(stdout, printed.map(here));
    });
  });
}
