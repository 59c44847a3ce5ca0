import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const repository = resolve(import.meta.dirname, '..');

/** @returns the text of a file of the repository. */
export const read = (path: string): string => readFileSync(join(repository, path), 'utf8');

/** @returns the files of the repository that these patterns of git name, as paths from its folder. */
export const listed = (...patterns: string[]): string[] =>
  execFileSync('git', ['ls-files', '-co', '--exclude-standard', '--', ...patterns], {
    cwd: repository,
    encoding: 'utf8',
  })
    .split('\n')
    .filter((path) => path !== '' && existsSync(join(repository, path)));

/** The documents of the repository. */
export const documents = listed('*.md');

/** A fenced block of a document. */
export interface Block {
  /** The word behind the fence. */
  language: string;
  /** The lines between the fences, without their common indentation. */
  text: string;
  /** The comment `<!-- … -->` in front of the block. */
  mark: string | undefined;
}

/** @returns the fenced blocks of a document, in order. */
export function blocksOf(document: string): Block[] {
  const fenced =
    /(?:^ *<!-- (?<mark>[^\n]*) -->\n\s*)?^(?<indent> *)```(?<language>\S*)\n(?<text>[\s\S]*?)^ *```$/gm;
  return [...read(document).matchAll(fenced)].map(({ groups }) => ({
    language: groups?.language ?? '',
    text: (groups?.text ?? '').replaceAll(new RegExp(`^${groups?.indent ?? ''}`, 'gm'), ''),
    mark: groups?.mark,
  }));
}

/** The languages in which a block is commands for a reader to run. */
const languagesOfCommands = ['sh', 'bash', 'console', 'sql', 'powershell'];

/** @returns the blocks of commands that a reader may run. */
export const commandsOf = (document: string): Block[] =>
  blocksOf(document).filter(({ language }) => languagesOfCommands.includes(language));
