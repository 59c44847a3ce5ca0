// Builds what the package holds beside its program, into `dist`: the server and the contract compiled to JavaScript, and
// the page. The folders in there are those of the repository, so that every file finds the others where it expects them.
import { execFileSync } from 'node:child_process';
import { cpSync, globSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { buildChanged } from '../../apps/web/build-changed.ts';

const here = import.meta.dirname;
const repository = resolve(here, '../..');
const dist = join(here, 'dist');

rmSync(dist, { recursive: true, force: true });
execFileSync(process.execPath, [join(repository, 'node_modules/typescript/bin/tsc'), '-p', here], {
  stdio: 'inherit',
});
// Packages that come inside this one: see `imports` in package.json.
for (const file of globSync(join(dist, '**/*.js'))) {
  const code = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    code
      .replaceAll(/(?<=^(?:import|export) .*from ')@coatcheck\/api-types/gm, '#api-types')
      .replaceAll(/(?<=^import .*from ')argon2(?=';$)/gm, '#argon2'),
  );
}

// Installed by npm, argon2 would run a script that compiles it wherever the Node under npm is older than its binaries
// need.
const argon2 = realpathSync(join(repository, 'apps/api/node_modules/argon2'));
for (const part of ['argon2.cjs', 'prebuilds', 'package.json', 'LICENSE'])
  cpSync(join(argon2, part), join(dist, 'argon2', part), { recursive: true });

buildChanged();
cpSync(join(repository, 'apps/web/dist'), join(dist, 'apps/web/dist'), {
  recursive: true,
  filter: (file) => basename(file) !== '.made-of',
});
