import type { NewLink } from '../store/links.ts';

/**
 * Prints a link: standard output has it alone, for scripts, and standard error says what it is good for.
 * @param effect the beginning of a sentence.
 */
export function printLink({ url, link }: { url: string; link: NewLink }, effect: string): void {
  process.stderr.write(
    `${effect}. The link is good once, until ${new Date(link.overAt).toISOString()}. Whoever has it can use it: send it over a channel that only its person reads.\n`,
  );
  process.stdout.write(`${url}\n`);
}
