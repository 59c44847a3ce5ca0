import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { securityEvents } from '../apps/api/src/http/security-log.ts';
import { lanes, withDatabase } from '../vitest.config.ts';

const text = readFileSync(resolve(import.meta.dirname, '../docs/operating.md'), 'utf8').replaceAll(
  /\s+/g,
  ' ',
);

describe('docs/operating.md', () => {
  it('says which tests run on both engines', () => {
    expect(text).toContain(
      'The tests of the API and the store, of several processes and of staying logged in run on both',
    );
    const onPostgres = lanes(false).flatMap(({ test }) =>
      test.provide.engine === 'postgres' ? test.include : [],
    );
    expect(onPostgres).toEqual([
      ...withDatabase,
      'tests/browser/stay.test.ts',
      '**/*.timing.test.ts',
      'tests/many-processes.test.ts',
    ]);
    expect(withDatabase).toContain('apps/api/src/store/store.test.ts');
  });

  it('names every security event', () => {
    for (const event of securityEvents) expect(text).toContain(`\`${event}\``);
  });

  it('shows no password in a command', () => {
    for (const [, address = ''] of text.matchAll(/--(?:from|to) (\S+)/g)) {
      expect(address).not.toMatch(/:[^/]*@/);
    }
  });
});
