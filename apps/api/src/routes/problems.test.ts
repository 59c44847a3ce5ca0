import { problemSchemas } from '@coatcheck/api-types/schemas';
import { describe, expect, it } from 'vitest';
import { openCounter } from '../../test/counter.ts';

describe('a problem’s page', () => {
  it.each(Object.keys(problemSchemas))('%s says what happened and what to do', async (slug) => {
    const counter = await openCounter();
    const answer = await counter.visitor().get(`/problems/${slug}`);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toContain('text/html');
    expect(answer.body).toContain('What to do');
    expect(answer.body).not.toMatch(/<script|style=/);
  });
});
