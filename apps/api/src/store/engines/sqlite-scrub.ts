import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

// The worker of {@link scrub} in sqlite.ts, with a connection of its own: what it does to a whole file would keep the
// thread that answers requests for a fifth of a second.

/** Milliseconds to wait for who writes, and then for who reads: the lock for writing is held meanwhile. */
const patience = 250;

const { path, whole } = workerData as { path: string; whole: boolean };
try {
  const db = new Database(path, { fileMustExist: true, timeout: patience });
  try {
    db.pragma('synchronous = FULL');
    db.pragma('secure_delete = ON');
    // Deleted rows are zeros in the file already, but pages that were once split or joined keep stray copies, and so
    // does the log.
    if (whole) db.exec('VACUUM');
    const [outcome] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    parentPort?.postMessage({ isClean: outcome?.busy === 0 });
  } finally {
    db.close();
  }
} catch (error) {
  const { code, message } = error as { code?: string; message: string };
  parentPort?.postMessage({ isClean: false, code, message });
}
