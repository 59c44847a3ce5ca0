import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
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

it('changes no environment variable and starts nothing when a module is imported', async () => {
  const modules = globSync('**/*.ts', { cwd: source }).filter(
    (file) => !/\.(test|spec)\.ts$/.test(file) && !programs.includes(file),
  );
  expect(modules.length).toBeGreaterThan(70);
  const probe = `
    import argon2 from 'argon2';
    // Opened at their first use, whoever asks for them.
    process.stdout, process.stderr;
    let hashes = 0;
    argon2.hash = argon2.verify = async () => { hashes += 1; };
    const state = () => ({
      env: { ...process.env },
      listeners: process.eventNames().map(String),
      running: process.getActiveResourcesInfo(),
    });
    const before = state();
    for (const file of ${JSON.stringify(modules)}) await import(process.cwd() + '/' + file);
    console.log(JSON.stringify({ before, after: state(), hashes }));`;
  const { before, after, hashes } = JSON.parse(await node('--input-type=module', '-e', probe));
  expect(after).toEqual(before);
  expect(hashes).toBe(0);
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
