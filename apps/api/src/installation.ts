import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where this copy of the code comes from, and what that means for the person who runs it. */
export interface Installation {
  /** The command line, as a person types it. */
  command: string;
  /** The folder in which relative paths of settings start. */
  folder: string;
  /** The file with settings, in that folder. */
  envFile: string;
  /** The database where `DATABASE_URL` names none. */
  databaseUrl: string;
}

/** The folder above `apps`: the repository, or `dist` in the package, which has the same folders inside. */
export const root = resolve(import.meta.dirname, '../../..');

/** The repository, whose TypeScript runs as it is. */
export const repository: Installation = {
  command: 'npx -y pnpm coatcheck',
  folder: root,
  envFile: '.env',
  databaseUrl: 'sqlite:data/coatcheck.db',
};

/** The image of the Dockerfile, which has the repository's code and the page built. CONTAINER is for a person to replace. */
const image: Installation = {
  ...repository,
  command: 'docker exec -it CONTAINER node apps/api/src/cli.ts',
};

/**
 * The package that npm installs, compiled to JavaScript.
 * @param folder the folder in which it is run. That may be the folder of an app, whose `.env` and `data` are its own.
 */
export const packageIn = (folder: string): Installation => ({
  command: 'npx coatcheck',
  folder,
  envFile: 'coatcheck.env',
  databaseUrl: 'sqlite:coatcheck/coatcheck.db',
});

// In the package, package.json stands beside `dist`.
const isPackage = !existsSync(join(root, 'package.json'));
const manifest = join(root, isPackage ? '../package.json' : 'package.json');

/** The installation of the code that runs. */
export const installation: Installation = isPackage
  ? packageIn(process.cwd())
  : process.env.COATCHECK_IS_IN_IMAGE === '1'
    ? image
    : repository;
/** The version of the code that runs. */
export const version: string = JSON.parse(readFileSync(manifest, 'utf8')).version;
