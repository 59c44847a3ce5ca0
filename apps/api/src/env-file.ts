import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { type Installation, installation, repository } from './installation.ts';
import { ConfigError } from './settings.ts';

/**
 * Adds the settings in the file of an installation to the environment. A variable that is set already stays as it is.
 * @throws {ConfigError} when the file is there and cannot be read whole.
 */
export function loadEnvFile(env = process.env, installed: Installation = installation): void {
  // The repository's tests must not depend on how somebody runs the server on this machine.
  if (env.NODE_ENV === 'test' && installed === repository) return;
  const { folder, envFile } = installed;
  const settings = parseEnvFile(contentOf(resolve(folder, envFile), envFile), envFile);
  for (const [name, value] of Object.entries(settings)) env[name] ??= value;
}

function contentOf(path: string, envFile: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return Buffer.alloc(0);
    throw new ConfigError(`${envFile} cannot be read (${code}). Make it a file that this user may read.`);
  }
}

/**
 * Reads the settings in a file as `util.parseEnv` does: quotes, comments and `export` are allowed. A line that
 * `parseEnv` would skip in silence is refused, since a setting that is lost may be a setting that protects people. A
 * quoted value of several lines is refused as well: no setting needs several lines, and a forgotten closing quote would
 * take the next setting into the value.
 * @param envFile the file's name, for people.
 * @throws {ConfigError} which names the line, and not its content: that may be a password.
 */
export function parseEnvFile(content: Buffer, envFile: string): Record<string, string | undefined> {
  const text = decode(content, envFile).replaceAll(/\r\n?/g, '\n');
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const statement = firstMatch(text, at, blankOrComment, setting);
    if (!statement) {
      throw new ConfigError(
        firstMatch(text, at, beginOfQuoted)
          ? `${envFile} line ${line} is a setting whose quote is not closed in that line, or has something behind it. Put all of its value between two quotes, and # in front of a comment.`
          : `${envFile} line ${line} is neither a setting nor a comment. Write NAME=VALUE, or # in front of a comment.`,
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

/** Removes a byte order mark, which editors and shells of Windows write: the mark would become part of the first name. */
function decode(content: Buffer, envFile: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw new ConfigError(`${envFile} is not in UTF-8. Save it in that encoding.`);
  }
}
