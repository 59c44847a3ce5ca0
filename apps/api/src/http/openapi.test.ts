import * as packaged from '@coatcheck/api-types/schemas';
import { refusals } from '@coatcheck/api-types/schemas';
import fastify from 'fastify';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { describe, expect, it } from 'vitest';
import { openCounter } from '../../test/counter.ts';
import { describeApi } from './openapi.ts';
import { problemTypes } from './problem-types.ts';

describe('the document', () => {
  type Operation = {
    operationId: string;
    summary: string;
    responses: Record<string, { content?: Record<string, { schema: object }> }>;
  };

  async function openapi() {
    const counter = await openCounter();
    const document = (await counter.visitor().get('/openapi.json')).json();
    const operations = Object.entries<Record<string, Operation>>(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(
        ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const,
      ),
    );
    return { counter, document, operations };
  }

  it('is OpenAPI 3.1 and lists every call of the contract with exactly its refusals', async () => {
    const { document, operations } = await openapi();
    expect(document.openapi).toMatch(/^3\.1\./);
    const problems = Object.keys(problemTypes).map(pascal);
    for (const [call, slugs] of Object.entries(refusals)) {
      const operation = operations.find(([name]) => name === call)?.[1];
      const listed = JSON.stringify(operation?.responses).matchAll(/"#\/components\/schemas\/(\w+)"/g);
      const names = [...listed].map(([, name]) => name).filter((name) => problems.includes(String(name)));
      const expected = slugs.map(pascal);
      expect(names.toSorted(), call).toEqual(expected.toSorted());
    }
  });

  it('tells what each call is for and what it answers', async () => {
    const { operations } = await openapi();
    expect(operations.length).toBeGreaterThan(Object.keys(refusals).length);
    for (const [call, { operationId, summary, responses }] of operations) {
      expect(operationId, call).toBeTruthy();
      expect(summary, call).toBeTruthy();
      expect(
        Object.keys(responses).some((status) => status.startsWith('2')),
        call,
      ).toBe(true);
    }
  });

  it('leaves no call without a response schema: such a route cannot be registered', async () => {
    const app = fastify();
    describeApi(app, { basePath: '' }, 'coatcheck');
    expect(() => app.get('/cellar', async () => ({ everything: true }))).toThrow('no response schema');
    expect(() => app.get('/page', { schema: { hide: true } }, async () => 'a page')).not.toThrow();
  });

  it('shows examples that are true', async () => {
    const shown = [...schemas].filter(([, schema]) => examplesOf(schema).length > 0);
    expect(shown.map(([name]) => name)).toEqual(
      expect.arrayContaining(['User', 'Session', 'Conversation', 'Registration', 'Credentials']),
    );
    for (const [name, schema] of shown) {
      for (const example of examplesOf(schema)) {
        expect(Value.Errors(schema as TSchema, example), name).toEqual([]);
      }
    }
    const counter = await openCounter();
    const ada = counter.visitor();
    expect((await ada.post('/register', examplesOf(packaged.Registration)[0])).statusCode).toBe(201);
    expect((await ada.post('/login', examplesOf(packaged.Credentials)[0])).statusCode).toBe(200);
  });

  it('gives every enum a type: generators turn one without into any value', async () => {
    const { document } = await openapi();
    const untyped: string[] = [];
    const walk = (node: unknown, path: string): void => {
      if (typeof node !== 'object' || node === null) return;
      if (Array.isArray((node as { enum?: unknown }).enum) && !('type' in node)) untyped.push(path);
      for (const [key, value] of Object.entries(node)) walk(value, `${path}/${key}`);
    };
    walk(document, '#');
    expect(untyped).toEqual([]);
  });

  it('has the package’s schemas under their names, and nothing else', async () => {
    const { document } = await openapi();
    const described: Record<string, object> = document.components.schemas;
    expect(Object.keys(described).toSorted()).toEqual(
      [...schemas.keys()].filter((name) => /^[A-Z]/.test(name) && !ofNoCall.includes(name)).toSorted(),
    );
    for (const name of Object.keys(described)) {
      expect(whole(described[name], described), name).toEqual(asWritten(schemas.get(name)));
    }
  });

  const examplesOf = (schema: unknown): unknown[] => (schema as { examples?: unknown[] }).examples ?? [];

  const schemas = new Map<string, unknown>(Object.entries(packaged));

  /** Problems that belong to no call, and queries, which are written parameter by parameter. */
  const ofNoCall = ['MethodNotAllowed', 'AppUnreachable', 'ActivityQuery', 'VerifyQuery'];

  /** A schema of the document with its references followed. */
  const whole = (schema: unknown, named: Record<string, object>): unknown =>
    JSON.parse(JSON.stringify(schema), (key, value) =>
      key === 'examples'
        ? undefined
        : value?.$ref
          ? whole(named[value.$ref.replace('#/components/schemas/', '')], named)
          : value,
    );

  /** A schema of the package as the document writes it: `const` as `enum`, with this server's least length. */
  const asWritten = (schema: unknown) =>
    JSON.parse(JSON.stringify(schema), (key, value) => {
      if (key === 'examples') return undefined;
      if (value?.const !== undefined) {
        const { const: only, ...rest } = value;
        return { ...rest, enum: [only] };
      }
      const chosen = (key === 'password' && schema === packaged.Registration) || key === 'newPassword';
      return chosen ? { ...value, minLength: 15 } : value;
    });

  const pascal = (slug: string) =>
    slug.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase());
});
