import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Refused } from './refused.ts';

/** More bytes than any password has; what is piped in beyond them is not read. */
const maxBytes = 64 * 1024;
const newline = 0x0a;

/**
 * A password: one line, from the terminal without showing it, or from what is piped in.
 * @throws {Refused} when there is none, or when nobody could type it into the login form.
 */
export async function askPassword(question: string): Promise<string> {
  const line = process.stdin.isTTY ? await typed(question) : await piped();
  if (line === undefined) throw new Refused('No password was given: type one, or pipe one in.');
  // A terminal's bytes that are no UTF-8 arrive as U+FFFD, the replacement character.
  if (line.includes('\ufffd')) throw new Refused(notUtf8);
  if (/\p{Cc}/u.test(line)) {
    throw new Refused('The password has control characters, which nobody can type into the login form.');
  }
  if (untypable.test(line)) {
    throw new Refused(
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
  // Only now does the terminal show nothing: whoever answers the question at once must not be seen either.
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
    throw new Refused(notUtf8);
  }
}

/** What stray encodings and copied text leave: a byte order mark, line ends, marks of direction, noncharacters. */
const untypable = /^\ufeff|[\u2028\u2029\p{Bidi_Control}\p{Noncharacter_Code_Point}]/u;
const notUtf8 = 'The password is not in UTF-8. Give it in that encoding.';
