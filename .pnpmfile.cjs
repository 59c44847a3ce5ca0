// Another pnpm major reads this workspace's settings differently: say so in one line, before it installs anything.
const { readFileSync, realpathSync } = require('node:fs');
const { join } = require('node:path');

const program = process.argv[1];
const manifest = program && join(realpathSync(program), '../../package.json');
if (manifest?.endsWith(join('pnpm', 'package.json'))) {
  const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
  if (!version.startsWith('12.')) {
    process.stderr.write(
      `Coatcheck needs pnpm 12 and this is pnpm ${version}: run npx -y pnpm@12 ${process.argv.slice(2).join(' ')}\n`,
    );
    process.exit(1);
  }
}

module.exports = {};
