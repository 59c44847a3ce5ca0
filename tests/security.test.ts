import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPlaceholders } from '../scripts/placeholders.ts';

const read = (path: string) => readFileSync(resolve(import.meta.dirname, '..', path), 'utf8');
const policy = read('SECURITY.md');

describe('SECURITY.md', () => {
  it('says where to write to, or holds the placeholder that the check reports', () => {
    expect(policy).toMatch(/^Write to (?:SECURITY_CONTACT|<(?:[^@\s]+@[^@\s]+|https:\/\/\S+)>),/m);
  });

  it('has times for what Dependabot looks at', () => {
    const watched = read('.github/dependabot.yml');
    for (const kind of ['npm', 'github-actions', 'docker'])
      expect(watched).toContain(`package-ecosystem: ${kind}\n`);
    expect(watched.match(/interval: weekly/g)).toHaveLength(watched.split('package-ecosystem:').length - 1);
    for (const severity of ['critical', 'high', 'medium', 'low']) {
      expect(policy).toMatch(new RegExp(`^\\| ${severity}\\b.*\\| +\\d+ days? +\\|$`, 'm'));
    }
  });
});

describe('placeholders', () => {
  it('are reported with the files that hold them', () => {
    const files = { 'a.md': 'Write to SECURITY_CONTACT.', 'b.yml': 'url: REPOSITORY_URL/x', 'c.md': '' };
    expect(openPlaceholders(files)).toEqual([
      expect.stringMatching(/^SECURITY_CONTACT in a\.md: /),
      expect.stringMatching(/^REPOSITORY_URL in b\.yml: /),
    ]);
  });
});

describe('workflows', () => {
  it.each(readdirSync(resolve(import.meta.dirname, '../.github/workflows')))(
    '%s names every action by the full hash of a commit and the version it is of',
    (file) => {
      const uses = read(`.github/workflows/${file}`).match(/^.*\buses:.*$/gm) ?? [];
      expect(uses.length).toBeGreaterThan(0);
      for (const line of uses.filter((line) => !line.includes('uses: ./.github/')))
        expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    },
  );
});
