import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
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
 * SQLite gives the files beside it the same mode. Git passes over a folder that is made here, or was empty: it may lie in the
 * folder of an app. In a folder that holds anything else, git is told nothing: all of that would be passed over as well.
 * @returns whether the file is new.
 */
export function makePrivate(path: string): boolean {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (existsSync(path)) return false;
  if (readdirSync(folder).length === 0) writeFileSync(join(folder, '.gitignore'), '*\n', { mode: 0o600 });
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

/**
 * @returns a sentence for the person who runs the server when other users of the machine can read or replace the database.
 * The mode of a folder that was there before is not changed: others may have a reason to read there.
 */
export function exposureOf(path: string): string | undefined {
  const folder = dirname(existsSync(path) ? realpathSync(path) : path);
  if (isOpenToOthers(path)) {
    return `${path} can be read by other users of this machine, and is not ours to change. Give it mode 0600.`;
  }
  const isOurs = statSync(folder, { throwIfNoEntry: false })?.uid === process.geteuid?.();
  if (isOurs && isChangedByOthers(folder)) {
    return `${folder}, where the database lies, can be changed by other users of this machine, so that they could put another database there. Give it mode 0700.`;
  }
  if (isOurs || !isOpenToOthers(folder)) return undefined;
  return `${folder}, where the database lies, belongs to another user and is open to others. Use a folder of mode 0700 of the user that runs Coatcheck.`;
}

/** @returns the mode of what is at a path; 0 where nothing is, and on Windows, which has no such modes. */
const modeOf = (path: string) =>
  process.platform === 'win32' ? 0 : (statSync(path, { throwIfNoEntry: false })?.mode ?? 0);
const isOpenToOthers = (path: string) => (modeOf(path) & 0o077) !== 0;
/** In a folder with the sticky bit, such as /tmp, everybody may remove nothing but their own files. */
const isChangedByOthers = (folder: string) =>
  (modeOf(folder) & 0o022) !== 0 && (modeOf(folder) & 0o1000) === 0;

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
