import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { repository } from './config.ts';
import { ConfigError } from './settings.ts';

/**
 * Adds what `.env` in the repository says to the environment; what the environment says already stays.
 * @throws {ConfigError} when the file is there and cannot be read whole.
 */
export function loadEnvFile(env = process.env, file = resolve(repository, '.env')): void {
  // Tests must not depend on how somebody runs the server on this machine.
  if (env.NODE_ENV === 'test') return;
  for (const [name, value] of Object.entries(parseEnvFile(contentOf(file)))) env[name] ??= value;
}

function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return Buffer.alloc(0);
    throw new ConfigError(`.env cannot be read (${code}). Make it a file that this user may read.`);
  }
}

/**
 * The settings in a `.env` file, as `util.parseEnv` reads them: quotes, comments and `export` are allowed. What
 * `parseEnv` passes over in silence is refused here: a setting that is lost may be the one that protects people. So is
 * a quoted value of several lines: no setting needs one, and a closing quote that was forgotten makes one of the next
 * setting. The message names the line and not its content, which may be a password.
 * @throws {ConfigError}
 */
export function parseEnvFile(content: Buffer): Record<string, string | undefined> {
  const text = decode(content).replaceAll(/\r\n?/g, '\n');
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const statement = firstMatch(text, at, blankOrComment, setting);
    if (!statement) {
      throw new ConfigError(
        firstMatch(text, at, beginOfQuoted)
          ? `.env line ${line} is a setting whose quote is not closed in that line, or has something behind it. Put all of its value between two quotes, and # in front of a comment.`
          : `.env line ${line} is neither a setting nor a comment. Write NAME=VALUE, or # in front of a comment.`,
      );
    }
    at += statement.length;
    line += 1;
  }
  return parseEnv(text);
}

const blankOrComment = /[ \t]*(?:#[^\n]*)?(?:\n|$)/y;
const beginOfQuoted = /[ \t]*(?:export +)?[a-z_]\w*[ \t]*=[ \t]*["'`]/iy;
const setting =
  /[ \t]*(?:export +)?[a-z_]\w*[ \t]*=(?:[ \t]*(?:"[^"\n\0]*"|'[^'\n\0]*'|`[^`\n\0]*`)[ \t]*(?:#[^\n\0]*)?|(?![ \t]*["'`])[^\n\0]*)(?:\n|$)/iy;

function firstMatch(text: string, at: number, ...patterns: RegExp[]): string | undefined {
  for (const pattern of patterns) {
    pattern.lastIndex = at;
    const match = pattern.exec(text)?.[0];
    if (match) return match;
  }
  return undefined;
}

/** A byte order mark goes: editors and shells of Windows write it, and it would become part of the first name. */
function decode(content: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new ConfigError('.env is not in UTF-8. Save it in that encoding.');
  }
}
