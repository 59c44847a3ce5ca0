// pnpm runs this file before every command, on the machine's own Node: plain CommonJS that Node 20 can read.
const { readFileSync, realpathSync } = require('node:fs');
const { join, sep } = require('node:path');

requirePnpm12();
requireUsableNode();
requireUsablePath();

/** An older pnpm reads this workspace's settings differently. A newer one is refused by `engines` in package.json. */
function requirePnpm12() {
  const program = process.argv[1];
  const manifest = program && join(realpathSync(program), '../../package.json');
  if (!manifest?.endsWith(join('pnpm', 'package.json'))) return;
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  if (version.startsWith('12.')) return;
  refuse(
    `Coatcheck needs pnpm 12 and this is pnpm ${version}: run npx -y pnpm@12 ${process.argv.slice(2).join(' ')}`,
  );
}

/** Where no pinned Node can be installed, scripts run on the machine's own, which must read TypeScript (22.18) and be asked which requests change their protocol (22.21). */
function requireUsableNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 21) || hasPinnedNode()) return;
  refuse(
    `Coatcheck brings its own Node for Linux with glibc and for macOS (x64, arm64) only, and this machine's Node ${process.versions.node} is too old: install Node 22.21 or newer.`,
  );
}

function hasPinnedNode() {
  if (!['x64', 'arm64'].includes(process.arch)) return false;
  if (process.platform === 'linux') return 'glibcVersionRuntime' in process.report.getReport().header;
  return process.platform === 'darwin';
}

/** Vite takes # and ? for parts of an address; a colon ends an entry of PATH, and shells lose a backslash. */
function requireUsablePath() {
  const [character] = (sep === '/' ? /[#?:\\]/ : /[#?]/).exec(__dirname) ?? [];
  if (character === undefined) return;
  refuse(
    `Coatcheck cannot be built in ${JSON.stringify(__dirname)}, since the path has ${JSON.stringify(character)}: move the folder to a path without it.`,
  );
}

function refuse(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

/** The packages of the pinned Node name their system as text, which the lockfile does not keep, and no C library. */
function readPackage(manifest) {
  const [, system, processor] = /^node-(?:bin-)?(linux|darwin)-(x64|arm64)$/.exec(manifest.name) ?? [];
  if (system === undefined) return manifest;
  return { ...manifest, os: [system], cpu: [processor], ...(system === 'linux' && { libc: ['glibc'] }) };
}

module.exports = { hooks: { readPackage } };
