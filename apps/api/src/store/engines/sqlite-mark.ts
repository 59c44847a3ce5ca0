import { closeSync, existsSync, openSync, readSync, realpathSync } from 'node:fs';

/** Marks a file as Coatcheck's (PRAGMA application_id): the letters "coat". */
export const applicationId = 0x63_6f_61_74;

// From https://sqlite.org/fileformat.html: sections 1.3 (the header of the file), 1.6 (the first page of its schema),
// 4.1 (the log).
const magic = 'SQLite format 3\0';
const pageSizeAt = 16;
const applicationIdAt = 68;
/** The kind of the first page, and how many entries it has, behind the header of the file. */
const kindAt = 100;
const leafOfTable = 0x0d;
const entriesAt = 103;
/** Bytes of the first page that are looked at. */
const beginningBytes = 105;
const logHeaderBytes = 32;
const frameHeaderBytes = 24;

/**
 * Looks at the bytes of a file that SQLite has not opened: SQLite itself would recover a journal or move the log into
 * the file, and leave files beside it.
 * @returns `foreign` for a database that holds tables and has no mark of ours, `none` for a file of another kind.
 * @throws the error of the system when the file is there and cannot be read.
 */
export function lookAt(path: string): 'ours' | 'empty' | 'foreign' | 'none' {
  if (!existsSync(path)) return 'empty';
  const header = read(path, ({ at }) => at(0, beginningBytes));
  if (header.length === 0) return 'empty';
  if (header.length < beginningBytes || header.toString('latin1', 0, magic.length) !== magic) return 'none';
  const size = header.readUInt16BE(pageSizeAt);
  const first = firstPageInLog(`${realpathSync(path)}-wal`, size === 1 ? 65_536 : size) ?? header;
  if (first.readUInt32BE(applicationIdAt) === applicationId) return 'ours';
  const isEmpty = first.readUInt8(kindAt) === leafOfTable && first.readUInt16BE(entriesAt) === 0;
  return isEmpty ? 'empty' : 'foreign';
}

/** @returns the beginning of the newest first page in a log; undefined where the log has none, or is not there. */
function firstPageInLog(path: string, pageBytes: number): Buffer | undefined {
  if (!existsSync(path)) return undefined;
  return read(path, ({ at }) => {
    const salts = (frame: Buffer, from: number) => frame.toString('latin1', from, from + 8);
    const header = at(0, logHeaderBytes);
    let newest: Buffer | undefined;
    for (let from = logHeaderBytes; ; from += frameHeaderBytes + pageBytes) {
      const frame = at(from, frameHeaderBytes + beginningBytes);
      // Frames with other salts are left from before the log began again.
      if (frame.length < frameHeaderBytes + beginningBytes || salts(frame, 8) !== salts(header, 16))
        return newest;
      if (frame.readUInt32BE(0) === 1) newest = frame.subarray(frameHeaderBytes);
    }
  });
}

/** Reads a file. `at` gives some of its bytes: fewer than asked for where the file ends. */
function read<T>(path: string, reading: (file: { at(from: number, bytes: number): Buffer }) => T): T {
  const file = openSync(path, 'r');
  try {
    return reading({
      at(from, bytes) {
        const buffer = Buffer.alloc(bytes);
        return buffer.subarray(0, readSync(file, buffer, 0, bytes, from));
      },
    });
  } finally {
    closeSync(file);
  }
}
