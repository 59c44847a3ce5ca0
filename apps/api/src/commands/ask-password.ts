import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { UsageError } from './usage-error.ts';

/** Bytes that are read of a password that is piped in. No password is that long. */
const maxBytes = 64 * 1024;
const newline = 0x0a;

/**
 * Reads a password: one line from the terminal, which does not show it, or the first line of standard input.
 * @param question the text that the terminal shows in front of the password.
 * @throws {UsageError} when no password is given, or when nobody could type the password into the login form.
 */
export async function askPassword(question: string): Promise<string> {
  const line = process.stdin.isTTY ? await typed(question) : await piped();
  if (line === undefined) throw new UsageError('No password was given: type one, or pipe one in.');
  // A terminal's bytes that are no UTF-8 arrive as U+FFFD, the replacement character.
  if (line.includes('\ufffd')) throw new UsageError(notUtf8);
  if (/\p{Cc}/u.test(line)) {
    throw new UsageError('The password has control characters, which nobody can type into the login form.');
  }
  if (untypable.test(line)) {
    throw new UsageError(
      'The password has characters that show nothing (a byte order mark, a line separator or another), which nobody can type into the login form.',
    );
  }
  return line;
}

async function typed(question: string): Promise<string | undefined> {
  const { stdin, stderr } = process;
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output, terminal: true });
  lines.on('SIGINT', () => process.exit(130));
  // The terminal shows what is typed until the interface above exists. The question comes after it, so that a password
  // that is typed at once is not shown either.
  stderr.write(question);
  for await (const line of lines) {
    stderr.write('\n');
    lines.close();
    return line;
  }
  return undefined;
}

/** The first line of standard input, without the byte order mark that shells of Windows put before it. */
async function piped(): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of process.stdin) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (chunk.includes(newline) || bytes > maxBytes) break;
  }
  if (bytes === 0) return undefined;
  const input = Buffer.concat(chunks);
  const end = input.indexOf(newline);
  const line = end < 0 ? input : input.subarray(0, end);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(line).replace(/\r$/, '');
  } catch {
    throw new UsageError(notUtf8);
  }
}

/** Characters that wrong encodings and copied text leave: a byte order mark, line separators, bidirectional controls, noncharacters. */
const untypable = /^\ufeff|[\u2028\u2029\p{Bidi_Control}\p{Noncharacter_Code_Point}]/u;
const notUtf8 = 'The password is not in UTF-8. Give it in that encoding.';
