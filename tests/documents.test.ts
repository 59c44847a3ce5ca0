import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { blocksOf, commandsOf, documents, listed, read, repository } from './markdown.ts';

const records = listed('docs/decisions/0*.md');
/** Where the documents' names of files begin. */
const roots = ['', 'apps/api/src', 'apps/web/src', 'packages/api-types/src', 'docs'];
/** What the table of rooms calls the three packages. */
const rooms: Record<string, string> = {
  api: 'apps/api/src',
  web: 'apps/web/src',
  types: 'packages/api-types/src',
};

/** Whether a file is there under the name that a document gives it. */
function isThere(name: string): boolean {
  const written = name.replace(/^(api|web|types)(?=\/)/, (room) => rooms[room] ?? room);
  return roots.some((root) => existsSync(join(repository, root, written)));
}

/** The address of a heading on a page, as GitHub makes it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

/** Whether a file of the repository has this heading. */
function hasAnchor(path: string, anchor: string): boolean {
  const headings = [...read(path).matchAll(/^#+ (.*)$/gm)];
  return headings.some(([, heading = '']) => anchorOf(heading) === anchor);
}

describe.each(documents)('%s', (document) => {
  const text = read(document);

  it('links to files and headings that exist', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)\s]+)\)/g)].map(([, link = '']) => link);
    const broken = links.filter((link) => {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? document : join(dirname(document), path);
      if (!existsSync(join(repository, target))) return true;
      return anchor !== undefined && !hasAnchor(target, anchor);
    });
    // Addresses of a running server begin with a slash or have no file name.
    expect(broken.filter((link) => !link.startsWith('/'))).toEqual([]);
  });

  it('names files that exist', () => {
    const named = [...text.matchAll(/`((?:[\w.-]+\/)+[\w.-]+\.(?:tsx?|css|json|md|ya?ml))`/g)];
    // A file called `NAME` stands for one that the reader chooses.
    const gone = named
      .map(([, name = '']) => name)
      .filter((name) => !/\bNAME\b/.test(name) && !isThere(name));
    expect(gone).toEqual([]);
  });

  it('has a language on every block, so that commands are known as such', () => {
    const others = ['ts', 'js', 'json', 'nginx', 'caddyfile', 'ini', 'text'];
    const known = new Set([...commandsOf(document).map(({ language }) => language), ...others]);
    expect(blocksOf(document).filter(({ language }) => !known.has(language))).toEqual([]);
  });

  it('has no command that is not run, unless its mark says why', () => {
    for (const { text, mark, language } of commandsOf(document)) {
      // Blocks without a mark are run by commands.test.ts, which knows the shell alone.
      if (mark === undefined) expect(language, text).not.toBe('sql');
      else if (mark.startsWith('run by '))
        expect(read(mark.slice('run by '.length)), text).toContain(document);
      else expect(mark, text).toMatch(/^not run: \S.{5,}$/);
    }
  });

  it('names scripts that exist', () => {
    const scripts = Object.keys(JSON.parse(read('package.json')).scripts);
    const named = [...text.matchAll(/npx -y pnpm (?:--silent )?(?:run )?([\w:]+)/g)].map(
      ([, name = '']) => name,
    );
    expect(named.filter((name) => !['install', 'pack', ...scripts].includes(name))).toEqual([]);
  });
});

describe('the index of the decisions', () => {
  const index = read('docs/decisions/README.md');

  it.each(records)('has %s with its title and status', (record) => {
    const text = read(record);
    const [, title = ''] = /^# (.*)$/m.exec(text) ?? [];
    const [, status = ''] = /^Status: (.*)$/m.exec(text) ?? [];
    const file = basename(record);
    expect(status).toMatch(
      /^(?:accepted \d{4}-\d\d-\d\d(?:, changed \d{4}-\d\d-\d\d)?|replaced by \d{4}, \d{4}-\d\d-\d\d)$/,
    );
    const row = index.split('\n').find((line) => line.includes(`](${file})`)) ?? '';
    expect(row.split('|').map((cell) => cell.trim())).toEqual([
      '',
      `[${file.slice(0, 4)}](${file})`,
      title,
      status,
      '',
    ]);
  });
});

describe('the changelog', () => {
  it('begins with the version that the packages have', () => {
    const [, newest = ''] = /^## (\d+\.\d+\.\d+)\b/m.exec(read('CHANGELOG.md')) ?? [];
    for (const manifest of listed('package.json', '*/package.json'))
      expect(JSON.parse(read(manifest)).version ?? newest, manifest).toBe(newest);
  });
});
