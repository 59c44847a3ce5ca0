import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../apps/api/src/config.ts';
import { failuresPerNetwork, waitAfter } from '../apps/api/src/password/limits.ts';
import { guestsPerNetworkAndHour } from '../apps/api/src/routes/quotas.ts';
import { openCounter } from '../apps/api/test/counter.ts';
import { curlMissing, hasCurl } from './curl.ts';
import { type RunningServer, startServer } from './server.ts';
import { visitsDuring } from './visits.ts';

const repository = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(repository, path), 'utf8');
const readme = read('README.md');

/** `$ command` and the lines below it, from every console block of a section. */
function cookbook(section: string): { command: string; printed: string[] }[] {
  const text = readme.split(`\n## ${section}\n`)[1]?.split('\n## ')[0] ?? '';
  const blocks = [...text.matchAll(/^```console\n(.*?)^```/gms)].map(([, block = '']) => block);
  return blocks
    .flatMap((block) => block.split(/^\$ /m).slice(1))
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

describe.skipIf(!hasCurl)(`the README’s cookbook${curlMissing}`, () => {
  let server: RunningServer;
  let folder: string;

  beforeAll(async () => {
    server = await startServer();
    folder = mkdtempSync(join(tmpdir(), 'coatcheck-readme-'));
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await server.stop();
  });

  const entries = cookbook('With curl');

  it('has its lines', () => {
    expect(entries.length).toBeGreaterThanOrEqual(8);
  });

  it.each(entries)('$command', ({ command, printed }) => {
    const here = (text: string) => text.replaceAll('localhost:3000', new URL(server.url).host);
    const { stdout, status } = spawnSync('bash', ['-c', here(command).replace(/^curl /, 'curl -s ')], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(status).toBe(0);
    expectPrinted(stdout, printed.map(here));
  });
});

describe('the README', () => {
  it('shows the example of the types package that is compiled and run', () => {
    const example = read('tests/packed-types/who-is.ts');
    expect(readme).toContain(example);
    expect(read('packages/api-types/README.md')).toContain(example);
  });

  it('tells the limits as they are', () => {
    const minute = 60_000;
    expect([9, 10, 11, 99].map(waitAfter)).toEqual([0, minute / 2, minute, 60 * minute]);
    expect(readme).toContain('after ten of one name (30 s, then twice as long each time, an hour at most)');
    expect(failuresPerNetwork).toBe(100);
    expect(readme).toMatch(/after a hundred from one address in a\s+quarter of an hour/);
    expect(readme.replaceAll(/\s+/g, ' ')).toContain(
      `One address may begin ${guestsPerNetworkAndHour} sessions an hour without logging in`,
    );
  });

  it('is read in a few minutes, and the first command stands near its top', () => {
    const lines = readme.split('\n');
    expect(lines.length).toBeLessThanOrEqual(250);
    expect(lines.findIndex((line) => line.includes('npx -y pnpm start'))).toBeLessThan(15);
  });

  it('names every setting that there is, with its default, as .env.example does', () => {
    const names = [...read('apps/api/src/config.ts').matchAll(/'([A-Z]+(?:_[A-Z]+)*)'/g)].map(
      ([, name = '']) => name,
    );
    const example = [...read('.env.example').matchAll(/^# ([A-Z_]+)=(.*)$/gm)];
    const defaults = Object.fromEntries(example.map(([, name = '', value = '']) => [name, value]));
    expect(new Set(Object.keys(defaults))).toEqual(new Set(names));
    // The origin is written with the port that HOST and PORT have by default; unset, it follows them.
    expect(readConfig({ ...defaults, PUBLIC_URL: '' })).toEqual(readConfig({}));
    for (const [, named = '', shown = ''] of readme.matchAll(/^\| (`[A-Z_`, ]+`) +\| (.*?) +\|/gm)) {
      const inTable = named.replaceAll('`', '').split(', ');
      const values = shown.replaceAll('`', '').replace('$PORT', '3000').split(', ');
      // An empty cell is the default of every name in its row.
      expect(inTable.map((name) => defaults[name])).toEqual(shown === '' ? inTable.map(() => '') : values);
      for (const name of inTable) names.splice(0, names.length, ...names.filter((other) => other !== name));
    }
    expect(names, 'settings that the README leaves out').toEqual([]);
  });
});

describe('the README’s way of one request', () => {
  const [, section = ''] = readme.split('\n## The way of one request\n');
  const steps = [...section.matchAll(/^\d\. .*(?:\n {3}.*)*/gm)].map(([step]) => step);
  const named = steps.flatMap((step) =>
    [...step.matchAll(/`([\w/-]+(?:\.ts|\/))`/g)].map(([, name = '']) => name),
  );
  const inOrder = [...new Set(named)];

  it('is the way that a login takes, file by file', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const visits = await visitsDuring(inOrder, async () => {
      expect((await ada.logIn('ada')).statusCode).toBe(200);
    });
    expect([...new Set(visits)]).toEqual(inOrder);
    // A file that is named again is visited again, after what is named before it.
    let from = 0;
    for (const name of named) {
      from = visits.indexOf(name, from) + 1;
      expect(from, name).toBeGreaterThan(0);
    }
  });
});
