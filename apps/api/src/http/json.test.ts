import { describe, expect, it } from 'vitest';
import { parseJson } from './json.ts';
import { maxErrors, ProblemError } from './problems.ts';

const parse = (text: string) => parseJson(Buffer.from(text));
const nested = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
/** A letter with more marks on it than any language writes. */
const heap = (marks: number) => `a${'\u0301'.repeat(marks)}`;

/** @returns the places that a body is refused for, each with its rule. */
function faultsIn(body: string | Buffer): string[] {
  try {
    parseJson(Buffer.from(body));
  } catch (error) {
    const { problem } = error as ProblemError;
    expect(error).toBeInstanceOf(ProblemError);
    if (problem.type !== '/problems/invalid-request') throw error;
    return problem.errors.map(({ pointer, rule }) => `${pointer} ${rule}`);
  }
  return [];
}

describe('a JSON body', () => {
  it.each([
    ['{}', {}],
    ['{"a":{"b":[1,true,null,"x"]}}', { a: { b: [1, true, null, 'x'] } }],
    ['{"a":{"n":1},"b":{"n":1}}', { a: { n: 1 }, b: { n: 1 } }],
    [String.raw`{"a":"\"n\": {","b":"\\"}`, { a: '"n": {', b: '\\' }],
    ['{"a":"🧥 عدا\u200f \u202e \u009b"}', { a: '🧥 عدا\u200f \u202e \u009b' }],
    [String.raw`{"a":"\u001b\u007f\u2028"}`, { a: '\u001b\u007f\u2028' }],
  ])('is taken as it is: %s', (text, value) => {
    expect(parse(text)).toEqual(value);
  });

  it('keeps __proto__ as a name like any other', () => {
    const value = parse('{"__proto__":{"admin":true}}') as object;
    expect(Object.keys(value)).toEqual(['__proto__']);
    expect(value).not.toHaveProperty('admin');
  });

  it('is brought to NFC in its values; its names stay as they were sent', () => {
    const decomposed = 'u\u0308';
    expect(parse(JSON.stringify({ [decomposed]: [decomposed] }))).toEqual({ [decomposed]: ['\u00fc'] });
    expect(parse(JSON.stringify({ [decomposed]: 1, '\u00fc': 2 }))).toEqual({ [decomposed]: 1, '\u00fc': 2 });
  });

  it.each([
    ['', '# malformed'],
    ['{"a":1', '# malformed'],
    ["{'a':1}", '# malformed'],
    ['\ufeff[]', '# wrong-type'],
    ['[]', '# wrong-type'],
    ['null', '# wrong-type'],
    ['"a"', '# wrong-type'],
    ['{"a":1,"a":1}', '# malformed'],
    [String.raw`{"a":1,"\u0061":2}`, '# malformed'],
    ['{"b":[{"a":1,"a":1}]}', '# malformed'],
    [String.raw`{"a":{"b":["x","\u0000"]}}`, '#/a/b/1 bad-characters'],
    [String.raw`{"a/b~":"\ud800"}`, '#/a~1b~0 bad-characters'],
    [String.raw`{"a":{"\u0000":1}}`, '#/a bad-characters'],
  ])('is refused: %s', (text, fault) => {
    expect(faultsIn(text)).toEqual([fault]);
  });

  it('is refused when it is not UTF-8', () => {
    expect(faultsIn(Buffer.from('{"a":"ü"}', 'latin1'))).toEqual(['# malformed']);
  });

  it('nests at most 16 levels', () => {
    expect(faultsIn(nested(16))).toEqual([]);
    expect(faultsIn(nested(17))).toEqual(['# malformed']);
  });

  it(`names at most ${maxErrors} places of one kind`, () => {
    const bad = Array.from({ length: maxErrors + 1 }, () => '\0');
    expect(faultsIn(JSON.stringify({ bad }))).toHaveLength(maxErrors);
  });

  it('puts marks in order only as long as some field could take them', () => {
    const melted = (marks: number) => (parse(JSON.stringify({ a: heap(marks) })) as { a: string }).a;
    expect(melted(1_100)).toBe(`\u00e1${'\u0301'.repeat(1_099)}`);
    expect(melted(1_101)).toBe(heap(1_101));
  });
});
