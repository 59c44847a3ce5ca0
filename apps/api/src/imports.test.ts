import { execFile } from 'node:child_process';
import { globSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const source = import.meta.dirname;
/** What is run and not imported: the server, the command line, and a worker of SQLite's. */
const programs = ['server.ts', 'cli.ts', 'store/engines/sqlite-scrub.ts'];

/** Runs Node in this folder. @returns what it printed on standard output. */
async function node(...args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH, NODE_ENV: 'test', DATABASE_URL: 'sqlite:nowhere/here.db' };
  const run = promisify(execFile)(process.execPath, args, { cwd: source, env });
  // A command that fails has printed what it loaded all the same.
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  return stdout;
}

/** What a module must leave as it is, before and after imports, and what began meanwhile. */
interface Effects {
  before: object;
  after: object;
  /** What began in the modules' own code: timers, costly hashes, promises, whatever Node counts as an asynchronous resource. */
  began: string[];
}

/** Imports modules in a process of their own. @param folder where they lie @param modules their names in it */
async function effectsOf(folder: string, modules: string[]): Promise<Effects> {
  const probe = `
    import { createHook } from 'node:async_hooks';
    // Opened at their first use, whoever asks for them.
    process.stdout, process.stderr;
    const folder = ${JSON.stringify(pathToFileURL(`${folder}/`).href)};
    const state = () => ({
      env: { ...process.env },
      globals: Object.getOwnPropertyNames(globalThis),
      listeners: process.eventNames().map(String),
      running: process.getActiveResourcesInfo(),
    });
    const began = [];
    Error.stackTraceLimit = Infinity;
    const before = state();
    const hook = createHook({
      init(_id, type) {
        // What packages begin while they are imported has no line of ours above it.
        const inModule = new Error().stack.split('\\n').some((at) => at.includes(folder) && !at.includes('[eval'));
        if (inModule) began.push(type);
      },
    }).enable();
    for (const file of ${JSON.stringify(modules)}) await import(folder + file);
    hook.disable();
    console.log(JSON.stringify({ before, after: state(), began }));
    // A timer that a module started would keep this process.
    process.exit();`;
  return JSON.parse(await node('--input-type=module', '-e', probe));
}

it('changes no environment variable and starts nothing when a module is imported', async () => {
  const modules = globSync('**/*.ts', { cwd: source }).filter(
    (file) => !/\.(test|spec)\.ts$/.test(file) && !programs.includes(file),
  );
  expect(modules.length).toBeGreaterThan(70);
  const { before, after, began } = await effectsOf(source, modules);
  expect(after).toEqual(before);
  expect(began).toEqual([]);
});

it.each([
  ['sets a variable', 'process.env.PLANTED = "1"'],
  ['sets a global', 'globalThis.planted = 1'],
  ['listens', 'process.on("SIGTERM", () => {})'],
  ['starts a timer', 'setInterval(() => {}, 1_000)'],
  ['starts a timer that keeps no process', 'setInterval(() => {}, 1_000).unref()'],
  ['starts a hash', 'import { scrypt } from "node:crypto"; scrypt("word", "salt", 64, () => {})'],
  ['hashes at once', 'import { scryptSync } from "node:crypto"; scryptSync("word", "salt", 64)'],
  ['begins something and waits for nothing', 'const begin = async () => {}; begin()'],
])('notices a module that %s', async (_what, code) => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'coatcheck-import-')));
  try {
    writeFileSync(join(folder, 'innocent.mjs'), 'export const add = (a, b) => a + b;');
    writeFileSync(join(folder, 'planted.mjs'), code);
    const innocent = await effectsOf(folder, ['innocent.mjs']);
    expect({ ...innocent.after, began: innocent.began }).toEqual({ ...innocent.before, began: [] });
    const { before, after, began } = await effectsOf(folder, ['innocent.mjs', 'planted.mjs']);
    expect({ ...after, began }).not.toEqual({ ...before, began: [] });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** Prints the native parts of packages that a program has loaded, when it ends. */
const reporter = `data:text/javascript,${encodeURIComponent(`
  process.report.excludeNetwork = true;
  process.on('exit', () => {
    const { sharedObjects } = process.report.getReport();
    console.log('loaded ' + sharedObjects.filter((file) => file.endsWith('.node')).join(' '));
  });`)}`;

it.each([
  ['--version', []],
  ['--help', []],
  ['doctor --url http://127.0.0.1:1', []],
  ['copy --from sqlite:nowhere/here.db --to sqlite:nowhere/there.db', []],
  ['password nobody', ['argon2']],
])('loads only what `coatcheck %s` needs: %j', async (command, native) => {
  const printed = await node('--import', reporter, 'cli.ts', ...command.split(' '));
  const [, loaded] = /^loaded (.*)$/m.exec(printed) ?? [];
  const names = loaded?.split(' ').filter(Boolean);
  expect(names?.map((file) => file.replace(/.*\/|\..*/g, ''))).toEqual(native);
});
