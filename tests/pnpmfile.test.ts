import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const repository = resolve(import.meta.dirname, '..');

describe('before every command, .pnpmfile.cjs', () => {
  /** Runs a copy of it in a folder of this name. */
  function runIn(folder: string) {
    const dir = mkdtempSync(join(tmpdir(), 'coatcheck-pnpmfile-'));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    const copy = join(dir, folder, '.pnpmfile.cjs');
    mkdirSync(dirname(copy));
    copyFileSync(join(repository, '.pnpmfile.cjs'), copy);
    const { status, stderr } = spawnSync(process.execPath, [copy], { encoding: 'utf8' });
    return { status, stderr };
  }

  /** Runs it as on a machine with this Node, system and C library. */
  function runOn(machine: { node: string; platform: string; arch: string; glibc?: string }) {
    const dir = mkdtempSync(join(tmpdir(), 'coatcheck-pnpmfile-'));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    const disguise = join(dir, 'disguise.cjs');
    const { node, platform, arch, glibc } = machine;
    writeFileSync(
      disguise,
      `const set = (on, name, value) => Object.defineProperty(on, name, { value });
       set(process.versions, 'node', ${JSON.stringify(node)});
       set(process, 'platform', ${JSON.stringify(platform)});
       set(process, 'arch', ${JSON.stringify(arch)});
       set(process.report, 'getReport', () => ({ header: ${JSON.stringify(glibc ? { glibcVersionRuntime: glibc } : {})} }));`,
    );
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--require', disguise, join(repository, '.pnpmfile.cjs')],
      { encoding: 'utf8' },
    );
    return { status, stderr };
  }

  it.each(['#', '?', ':', '\\'])('refuses a path with %s in one line', (character) => {
    const { status, stderr } = runIn(`coats${character}1`);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Coatcheck cannot be built in "[^\n]+"[#?:\\]+": move [^\n]+\.\n$/);
  });

  it.each(['coats 1', 'Mäntel', "coats'1", '50%', '[coats]', '{coats}*'])('is content with %s', (folder) => {
    expect(runIn(folder)).toEqual({ status: 0, stderr: '' });
  });

  it.each([
    ['20.0.0', 'linux', 'x64', '2.36'],
    ['20.0.0', 'darwin', 'arm64', undefined],
    ['22.21.0', 'linux', 'x64', undefined],
    ['24.0.0', 'win32', 'x64', undefined],
  ])('lets Node %s on %s %s with glibc %s go on', (node, platform, arch, glibc) => {
    expect(runOn({ node, platform, arch, ...(glibc && { glibc }) })).toEqual({ status: 0, stderr: '' });
  });

  it.each([
    ['22.20.1', 'linux', 'x64', undefined],
    ['20.20.2', 'linux', 'riscv64', '2.36'],
    ['20.20.2', 'win32', 'x64', undefined],
  ])('refuses Node %s on %s %s with glibc %s in one line', (node, platform, arch, glibc) => {
    const { status, stderr } = runOn({ node, platform, arch, ...(glibc && { glibc }) });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Coatcheck brings its own Node [^\n]+ install Node 22\.21 or newer\.\n$/);
  });
});
