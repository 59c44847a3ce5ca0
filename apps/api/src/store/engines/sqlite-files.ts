import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  realpathSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

// A database of SQLite is a file, and up to three more that SQLite keeps beside it.
const suffixes = ['', '-wal', '-shm', '-journal'];
/** @returns the paths of a database that is there. SQLite keeps the others beside the file itself, not beside a link to it. */
const filesOf = (path: string) => suffixes.map((suffix) => realpathSync(path) + suffix);

/**
 * Makes the file of a database, and the folders on the way to it, where there are none. Only this user may read them.
 * SQLite gives the files beside it the same mode. Git passes over a folder that is made here: it may lie in the folder
 * of an app.
 * @returns whether the file is new.
 */
export function makePrivate(path: string): boolean {
  const folder = dirname(path);
  const isNewFolder = mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined;
  if (isNewFolder) writeFileSync(join(folder, '.gitignore'), '*\n', { mode: 0o600 });
  if (existsSync(path)) return false;
  closeSync(openSync(path, 'a', 0o600));
  return true;
}

/** Lets only this user read the files that are there (mode 0600). Files of another user stay as they are. */
export function keepPrivate(path: string): void {
  for (const file of filesOf(path)) {
    if (!isOpenToOthers(file)) continue;
    try {
      chmodSync(file, 0o600);
    } catch (error) {
      if (!['EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
}

/** @returns a sentence for the person who runs the server when other users of the machine can reach the database. */
export function exposureOf(path: string): string | undefined {
  const folder = dirname(existsSync(path) ? realpathSync(path) : path);
  if (isOpenToOthers(path)) {
    return `${path} can be read by other users of this machine, and is not ours to change. Give it mode 0600.`;
  }
  const isOurs = statSync(folder, { throwIfNoEntry: false })?.uid === process.geteuid?.();
  if (isOurs || !isOpenToOthers(folder)) return undefined;
  return `${folder}, where the database lies, belongs to another user and is open to others. Use a folder of mode 0700 of the user that runs Coatcheck.`;
}

/** Windows has no such modes. */
const isOpenToOthers = (path: string) =>
  process.platform !== 'win32' && ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & 0o077) !== 0;

/**
 * Notes which files are open now. SQLite does not notice when they are deleted or replaced, and writes on into files
 * that nobody will find again.
 * @returns a function that says whether the same files are still at their paths.
 */
export function watchFiles(path: string): () => boolean {
  // The path itself is watched as well: it may be a link that leads elsewhere later.
  const opened = [path, ...filesOf(path)]
    .map((file) => [file, identityOf(file)] as const)
    .filter(([, identity]) => identity !== undefined);
  return () => opened.every(([file, identity]) => identityOf(file) === identity);
}

function identityOf(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  return found && `${found.dev} ${found.ino}`;
}
