import { describe, expect, it } from 'vitest';
import { chart } from './chart.ts';
import { judge } from './finding.ts';
import { markdown, plain, type Report } from './table.ts';

const report: Report = {
  machine: {
    date: '2026-11-27T02:15:00.000Z',
    commit: 'd9e40c2',
    cores: 2,
    processor: 'A Processor',
    memoryBytes: 24 * 2 ** 30,
    system: 'Linux 6',
    node: '24.21.0',
    loadBefore: 0.5,
    versions: { express: '5.3.0' },
  },
  command: 'pnpm bench',
  verdicts: [
    judge({
      name: 'me',
      what: 'GET /me',
      against: 'a bare <route>',
      unit: 'requests/s',
      goal: { atLeast: 0.6 },
      rounds: [{ own: 4_697, other: 19_477, ownMicros: 225, otherMicros: 47 }],
      notes: ['A note.'],
    }),
    judge({
      name: 'page',
      what: 'bytes',
      unit: 'bytes',
      goal: { atMost: 85_000 },
      rounds: [{ own: 84_934 }],
      notes: [],
    }),
    judge({ name: 'logins', what: 'logins', unit: 'logins/s', rounds: [{ own: 40 }], notes: [] }),
  ],
  leftOut: [{ row: 'me-flask', reason: 'there is no python3.' }],
};

describe('the table', () => {
  it('says what holds, when, where and with what', () => {
    const text = markdown(report);
    expect(text).toContain(
      '| me | 0.241 | 0.241 to 0.241 | ≥ 0.6 | ✗ no | 4,697 requests/s | 19,477 | 225 : 47 | 4.79 |',
    );
    expect(text).toContain('| page |  | 84,934 to 84,934 | ≤ 85,000 | ✓ yes | 84,934 bytes |  |  |  |');
    expect(text).toContain('| logins |  | 40 to 40 |  |  | 40 logins/s |  |  |  |');
    expect(text).toContain('2026-11-27 02:15 UTC, Coatcheck d9e40c2, `pnpm bench`');
    expect(text).toContain('2 cores (A Processor), 24 GiB, Linux 6, Node 24.21.0.');
    expect(text).toContain('With express 5.3.0.');
    expect(text).toContain('- **me**: GET /me, against a bare <route>. A note.');
    expect(text).toContain('- **me-flask** was left out: there is no python3.');
  });

  it('has even columns in a terminal', () => {
    const lines = plain(report).split('\n');
    const at = lines.findIndex((line) => line.startsWith('row'));
    const column = lines[at]?.indexOf('holds') ?? 0;
    expect(lines.slice(at + 2, at + 4).map((line) => line[column])).toEqual(['✗', '✓']);
  });
});

describe('the chart', () => {
  const svg = chart(report);

  it('tells in words what it shows, of the rows that have a goal', () => {
    expect(svg).toContain('<title id="title">Coatcheck against its goals</title>');
    expect(svg).toContain('me: 0.241 (≥ 0.6), not reached. page: 84,934 bytes (≤ 85,000), reached.</desc>');
    expect(svg).not.toContain('logins');
  });

  it('puts what reaches its goal right of the line, and the rest left of it', () => {
    const goal = Number(/class="goal" x1="([\d.]+)"/.exec(svg)?.[1]);
    const at = (kind: string) => Number(new RegExp(`<circle class="${kind}" cx="([\\d.]+)"`).exec(svg)?.[1]);
    expect(at('misses')).toBeLessThan(goal);
    expect(at('holds')).toBeGreaterThan(goal);
  });

  it('has colours for the dark', () => {
    expect(svg).toContain('prefers-color-scheme: dark');
  });
});
