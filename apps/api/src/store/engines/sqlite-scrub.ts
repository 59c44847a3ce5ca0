import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

// The worker that sqlite.ts starts to overwrite what was deleted. It has a connection of its own: its work on a whole
// file would stop the thread that answers requests for a fifth of a second.

/** Milliseconds to wait for writers, and then for readers: the lock for writing is held meanwhile. */
const lockWaitMs = 250;

const { path, whole } = workerData as { path: string; whole: boolean };
try {
  const db = new Database(path, { fileMustExist: true, timeout: lockWaitMs });
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
