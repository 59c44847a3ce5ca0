import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The words that stand where only the publisher of this repository knows the text, with what belongs there. */
const placeholders = {
  SECURITY_CONTACT:
    'an address for reports in angle brackets, as <security@example.com> or <https://example.com/report>',
  REPOSITORY_URL: 'the https address of the published repository, without a slash at its end',
};

/**
 * Finds the placeholders that are still open.
 * @param files contents by path
 * @returns one line for each open placeholder: its name, the files that hold it, and what belongs there
 */
export function openPlaceholders(files: Record<string, string>): string[] {
  return Object.entries(placeholders).flatMap(([name, belongs]) => {
    const holders = Object.keys(files).filter((path) => files[path]?.includes(name));
    return holders.length === 0 ? [] : [`${name} in ${holders.join(', ')}: put ${belongs}.`];
  });
}

/** The documents, the forms and the manifest of the repository, by path. */
function readDocuments(): Record<string, string> {
  const repository = resolve(import.meta.dirname, '..');
  const paths = execFileSync('git', ['ls-files', '-z', '*.md', '*.yml', '*package.json'], {
    cwd: repository,
    encoding: 'utf8',
  });
  return Object.fromEntries(
    paths
      .split('\0')
      .filter((path) => path !== '')
      .map((path) => [path, readFileSync(join(repository, path), 'utf8')]),
  );
}

if (import.meta.main) for (const line of openPlaceholders(readDocuments())) console.warn(`Open: ${line}`);
