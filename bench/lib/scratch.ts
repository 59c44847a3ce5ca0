import { mkdirSync, mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './product.ts';

/** What `statfs` says of a file system in memory, on Linux: tmpfs and ramfs. */
const inMemory = [0x01_02_19_94, 0x85_84_58_f6];

/**
 * Makes a folder on a disk, inside the repository; git ignores it. It is removed when it goes out of scope.
 * @throws when that is no disk: a database in memory would be measured faster than it is.
 */
export function scratchFolder(): Disposable & { path: string } {
  const parent = join(repository, 'bench/.cache');
  mkdirSync(parent, { recursive: true });
  if (inMemory.includes(statfsSync(parent).type))
    throw new Error(`${parent} is in memory. Move the repository to a disk.`);
  const path = mkdtempSync(join(parent, 'run-'));
  const remove = () => rmSync(path, { recursive: true, force: true });
  process.once('exit', remove);
  return {
    path,
    [Symbol.dispose]() {
      process.off('exit', remove);
      remove();
    },
  };
}
