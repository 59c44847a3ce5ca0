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
  '@coatcheck/api-types/type': 'types/type.ts',
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

/**
 * The room that a file stands in: the longest name in the table that fits. The rooms `api`, `web` and `types` have the
 * files that lie in no folder; a new folder is a room of its own. @returns undefined where no name fits
 */
function roomOf(file: string): string | undefined {
  let room = file;
  while (room.includes('/') && !table.has(room)) room = dirname(room);
  const isFolder = room.includes('/') || dirname(file) === room || file === room;
  return isFolder && table.has(room) ? room : undefined;
}

/** The name that the table has for a package, of which a file or a plugin may be imported: `pg/lib`, `@fastify/cors`. */
function packageOf(name: string): string {
  if (/^(@fastify\/|fastify-)/.test(name)) return 'fastify';
  return /^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name;
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
    /^(?:import|export)\s+(type\s)?(?:([^'";]*?)\sfrom\s+)?'([^']+)'|\bimport(?:\.meta\.glob(?:<[^>]*>)?)?\(\s*\[?\s*'([^']+)'/gm,
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

/** An import of another room or of a package that the table has. */
interface Crossing {
  file: string;
  room: string | undefined;
  name: string;
  target: string | undefined;
}

function crossings(sources: Sources): Crossing[] {
  return [...sources].flatMap(([file, source]) => {
    const room = roomOf(file);
    const modules = importsOf(file, source).filter(({ name }) => !name.endsWith('.css'));
    return modules.flatMap(({ name, onlyTypes }) => {
      const isOurs = /^(api|web|types|\.\.)(\/|$)/.test(name);
      const target = isOurs ? roomOf(name) : packageOf(name);
      const isFree = isOurs
        ? (target !== undefined && target === room) || (onlyTypes && knownEverywhere.test(name))
        : !guarded.has(packageOf(name));
      return isFree ? [] : [{ file, room, name, target }];
    });
  });
}

/** Every import that the table does not have, and every file that stands in no room. */
function forbidden(sources: Sources): string[] {
  const homeless = [...sources.keys()].filter((file) => !roomOf(file));
  return [
    ...homeless.map((file) => `${file} stands in no room`),
    ...crossings(sources)
      .filter(({ room, target }) => !target || (room && !table.get(room)?.includes(target)))
      .map(({ file, name }) => `${file} imports ${name}`),
  ];
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

  it('may import nothing that none of their files does', () => {
    const needed = new Set(crossings(sources).map(({ room, target }) => `${room} → ${target}`));
    const granted = [...table].flatMap(([room, imports]) => imports.map((name) => `${room} → ${name}`));
    expect(granted.filter((arrow) => !needed.has(arrow))).toEqual([]);
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
    ['api/routes/planted.ts', `import { connect } from 'pg/lib/index.js';`],
    ['api/routes/planted.ts', `const later = () => import(\n  'pg'\n);`],
    ['api/store/sql/planted.ts', `import cookie from '@fastify/cookie';`],
    ['api/store/sql/planted.ts', `import plugin from 'fastify-plugin';`],
    ['api/planted/gate.ts', `import { randomBytes } from 'node:crypto';`],
    ['api/http/planted.ts', `import { gate } from '../planted/gate.ts';`],
    ['web/browser/planted.ts', `const files = import.meta.glob('../screens/*.tsx');`],
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
