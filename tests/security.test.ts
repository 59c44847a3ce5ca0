import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hasContact, securityPolicy } from './security.ts';

describe('SECURITY.md', () => {
  it.skipIf(!hasContact)('says where to write to', () => {
    expect(securityPolicy).toMatch(/^Write to <(?:[^@\s]+@[^@\s]+|https:\/\/\S+)>/m);
  });

  it('has times for what Dependabot looks at', () => {
    const watched = readFileSync(resolve(import.meta.dirname, '../.github/dependabot.yml'), 'utf8');
    for (const kind of ['npm', 'github-actions']) expect(watched).toContain(`package-ecosystem: ${kind}\n`);
    expect(watched.match(/interval: weekly/g)).toHaveLength(2);
    for (const severity of ['critical', 'high', 'medium', 'low']) {
      expect(securityPolicy).toMatch(new RegExp(`^\\| ${severity}\\b.*\\| +\\d+ days? +\\|$`, 'm'));
    }
  });
});
