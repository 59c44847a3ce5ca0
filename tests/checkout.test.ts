import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';

const repository = resolve(import.meta.dirname, '..');
const why = spawnSync('git', ['--version']).error ? ' (git is not installed here)' : '';

it.skipIf(why)(`git leaves alone what the documented commands write${why}`, () => {
  const dir = mkdtempSync(join(tmpdir(), 'coatcheck-checkout-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  execFileSync('git', ['init', '--quiet'], { cwd: dir });
  copyFileSync(join(repository, '.gitignore'), join(dir, '.gitignore'));
  const check = (files: string[]) =>
    spawnSync('git', ['check-ignore', ...files], { cwd: dir, encoding: 'utf8' })
      .stdout.split('\n')
      .filter(Boolean);
  const written = [
    'jar',
    'page.mjs',
    'coatcheck.dump',
    'packages/api-types/coatcheck-api-types-0.1.0.tgz',
    '.env',
    '.env.production',
    'data/coatcheck.db',
    'coatcheck-backup.db',
    'coatcheck.db-wal',
  ];
  expect(check(written)).toEqual(written);
  expect(check(['.env.example', 'apps/api/src/jar.ts', 'docs/Caddyfile'])).toEqual([]);
});

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
