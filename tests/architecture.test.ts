import { describe, expect, it } from 'vitest';
import { openCounter } from '../apps/api/test/counter.ts';
import { read } from './markdown.ts';
import { visitsDuring } from './visits.ts';

describe('docs/architecture.md, how a request is handled,', () => {
  const [, section = ''] = read('docs/architecture.md').split('\n## How a request is handled\n');
  const steps = [...section.matchAll(/^\d\. .*(?:\n {3}.*)*/gm)].map(([step]) => step);
  const named = steps.flatMap((step) =>
    [...step.matchAll(/`([\w/-]+(?:\.ts|\/))`/g)].map(([, name = '']) => name),
  );
  const inOrder = [...new Set(named)];

  it('is the way that a login takes, file by file', async () => {
    const counter = await openCounter();
    const ada = counter.visitor();
    await ada.register('ada');
    const visits = await visitsDuring(inOrder, async () => {
      expect((await ada.logIn('ada')).statusCode).toBe(200);
    });
    expect([...new Set(visits)]).toEqual(inOrder);
    // A file that is named again is visited again, after what is named before it.
    let from = 0;
    for (const name of named) {
      from = visits.indexOf(name, from) + 1;
      expect(from, name).toBeGreaterThan(0);
    }
  });
});
