import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const repository = resolve(import.meta.dirname, '..');
const why = spawnSync('git', ['--version']).error ? ' (git is not installed here)' : '';

it.skipIf(why)(`a checkout has the same bytes where git turns line ends${why}`, () => {
  const dir = mkdtempSync(join(tmpdir(), 'coatcheck-checkout-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const git = (...args: string[]) => execFileSync('git', ['-c', 'core.autocrlf=true', ...args], { cwd: dir });
  const files = ['README.md', '.ci/run', 'package.json', 'docs/screenshot.png'];
  const content = files.map((file) => readFileSync(join(repository, file)));
  copyFileSync(join(repository, '.gitattributes'), join(dir, '.gitattributes'));

  const names = files.map((file) => file.replaceAll('/', '-'));
  for (const [at, name] of names.entries()) writeFileSync(join(dir, name), content[at] ?? '');
  git('init', '--quiet');
  git('add', '.');
  for (const name of names) rmSync(join(dir, name));
  git('checkout', '--quiet', '--', '.');

  expect(names.map((name) => readFileSync(join(dir, name)))).toEqual(content);
});
