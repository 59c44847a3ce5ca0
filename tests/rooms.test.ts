import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const repository = resolve(import.meta.dirname, '..');
const roots: Record<string, string> = {
  'apps/api/src': 'api',
  'apps/web/src': 'web',
  'packages/api-types/src': 'types',
};
/** What each package of ours is called in the table. */
const ours: Record<string, string> = {
  '@coatcheck/api-types': 'types/index.ts',
  '@coatcheck/api-types/schemas': 'types/schemas.ts',
  '@coatcheck/api': 'api',
  '@coatcheck/web': 'web',
};
/** Whose types everybody may import. */
const knownEverywhere = /^(api\/(config\.ts|clock\.ts|store\/[\w-]+\.ts)|types\/contract\/[\w-]+\.ts)$/;

/** Sources by name, `api/routes/login.ts` for instance. */
type Sources = Map<string, string>;

/** For each room, what it may import: rooms, and packages that are not for everybody. */
const table = new Map<string, string[]>();
for (const row of readFileSync(join(repository, 'CONTRIBUTING.md'), 'utf8').split('\n')) {
  const [, rooms = '', , imports = ''] = row.split('|');
  for (const room of named(rooms)) table.set(room, named(imports));
}
const guarded = new Set([...table.values()].flat().filter((name) => !/^(api|web|types)\b/.test(name)));

function named(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
}

/** The room that a file stands in: the longest name in the table that fits. */
function roomOf(file: string): string {
  let room = file;
  while (room !== '.' && !table.has(room)) room = dirname(room);
  return room;
}

function readSources(): Sources {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...Object.keys(roots)], {
    cwd: repository,
    encoding: 'utf8',
  });
  const sources: Sources = new Map();
  for (const path of files.split('\n').filter((file) => /(?<!\.(?:test|spec))\.tsx?$/.test(file))) {
    const [root = ''] = Object.keys(roots).filter((folder) => path.startsWith(`${folder}/`));
    sources.set(path.replace(root, roots[root] ?? ''), readFileSync(join(repository, path), 'utf8'));
  }
  return sources;
}

/** What a file imports, by the names that the table has. */
function importsOf(file: string, source: string): { name: string; onlyTypes: boolean }[] {
  const statements = source.matchAll(
    /^(?:import|export)\s+(type\s)?(?:([^'";]*?)\sfrom\s+)?'([^']+)'|\bimport\('([^']+)'\)/gm,
  );
  return [...statements].map(([, type, names = '', from, later]) => {
    const target = from ?? later ?? '';
    const listed = /^\{(.*)\}$/s
      .exec(names.trim())?.[1]
      ?.split(',')
      .map((name) => name.trim());
    return {
      name: target.startsWith('.') ? join(dirname(file), target) : (ours[target] ?? target),
      onlyTypes:
        type !== undefined || (listed?.every((name) => name === '' || name.startsWith('type ')) ?? false),
    };
  });
}

/** Every import that the table does not have. */
function forbidden(sources: Sources): string[] {
  const found: string[] = [];
  for (const [file, source] of sources) {
    const room = roomOf(file);
    const allowed = table.get(room);
    if (!allowed) found.push(`${file} stands in no room`);
    for (const { name, onlyTypes } of importsOf(file, source)) {
      const isOurs = /^(api|web|types|\.\.)(\/|$)/.test(name);
      const target = isOurs ? roomOf(name) : name.split('/')[0] === 'typebox' ? 'typebox' : name;
      if (target === room || (onlyTypes && knownEverywhere.test(name))) continue;
      if (!isOurs && !guarded.has(target)) continue;
      if (!allowed?.includes(target)) found.push(`${file} imports ${name}`);
    }
  }
  return found;
}

/** Files that need each other to be there before them. */
function circles(sources: Sources): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (file: string, path: string[]) => {
    if (path.includes(file)) found.push([...path.slice(path.indexOf(file)), file].join(' → '));
    if (done.has(file) || path.includes(file)) return;
    for (const { name, onlyTypes } of importsOf(file, sources.get(file) ?? ''))
      if (!onlyTypes && sources.has(name)) visit(name, [...path, file]);
    done.add(file);
  };
  for (const file of sources.keys()) visit(file, []);
  return found;
}

describe('the rooms of CONTRIBUTING.md', () => {
  const sources = readSources();

  it('are all there, and import what the table says', () => {
    expect(sources.size).toBeGreaterThan(150);
    const used = new Set([...sources.keys()].map(roomOf));
    expect([...table.keys()].filter((room) => !used.has(room))).toEqual([]);
    expect(forbidden(sources)).toEqual([]);
  });

  it('have no circles', () => {
    expect(circles(sources)).toEqual([]);
  });

  it.each([
    ['api/http/planted.ts', `import { login } from '../routes/login.ts';`],
    ['api/http/planted.ts', `import { app } from '../app.ts';`],
    ['api/routes/planted.ts', `import pg from 'pg';`],
    ['api/routes/planted.ts', `import { openStore } from '../../../web/src/main.tsx';`],
    ['api/store/sql/planted.ts', `import { problem } from '../../http/problems.ts';`],
    ['api/store/planted.ts', `import { User } from '@coatcheck/api-types/schemas';`],
    ['api/config.ts', `import { createLimits } from './password/limits.ts';`],
    ['web/session/planted.ts', `import { User } from '@coatcheck/api-types/schemas';`],
    ['web/form/planted.ts', `import {\n  Home,\n} from '../screens/Home.tsx';`],
    ['web/app/planted.ts', `const later = () => import('@coatcheck/api');`],
    ['types/client.ts', `import { User } from './schemas.ts';`],
    ['types/client.ts', `import { User } from './contract/user.ts';`],
    ['types/planted.ts', `import Type from 'typebox';`],
  ])('refuse in %s: %s', (file, source) => {
    expect(forbidden(new Map([[file, source]]))).toHaveLength(1);
  });

  it('notice a planted circle', () => {
    const planted = new Map([
      ['api/http/a.ts', `import { b } from './b.ts';`],
      ['api/http/b.ts', `import type { A } from './a.ts';\nimport { c } from './c.ts';`],
      ['api/http/c.ts', `import { a } from './a.ts';`],
    ]);
    expect(circles(planted)).toHaveLength(1);
    planted.set('api/http/c.ts', `import { type A } from './a.ts';`);
    expect(circles(planted)).toEqual([]);
  });
});
