import { type Static, Type } from 'typebox';
import { describe, expectTypeOf, it } from 'vitest';
import type { Problem, ProblemSlug, problemSchemas } from './problem.ts';
import { oneOf, schemaOf } from './schema.ts';

interface Hook {
  number: number;
  note?: string;
}
type Place = 'left' | 'right';

// The compiler is what fails here: `pnpm check` reads this file, and running it proves nothing more.
describe('a schema that differs from its type, to the compiler,', () => {
  it('is refused, whatever the difference', () => {
    schemaOf<Hook>()(Type.Object({ number: Type.Integer(), note: Type.Optional(Type.String()) }));
    // @ts-expect-error a field is forgotten
    schemaOf<Hook>()(Type.Object({ number: Type.Integer() }));
    // @ts-expect-error a field must be there that may be left out
    schemaOf<Hook>()(Type.Object({ number: Type.Integer(), note: Type.String() }));
    // @ts-expect-error a field is of another type
    schemaOf<Hook>()(Type.Object({ number: Type.String(), note: Type.Optional(Type.String()) }));
    const more = { number: Type.Integer(), note: Type.Optional(Type.String()), colour: Type.String() };
    // @ts-expect-error there is a field too many
    schemaOf<Hook>()(Type.Object(more));
    schemaOf<Place>()(oneOf(['left', 'right']));
    // @ts-expect-error a value is forgotten
    schemaOf<Place>()(oneOf(['left']));
    // @ts-expect-error there is a value too many
    schemaOf<Place>()(oneOf(['left', 'right', 'middle']));
    // @ts-expect-error a schema of anything describes nothing exactly
    schemaOf<Place>()(Type.Any());
  });
});

describe('the problems’ schemas, to the compiler,', () => {
  it('are one for each problem, under its slug', () => {
    type Described = { [Slug in ProblemSlug]: Static<(typeof problemSchemas)[Slug]> };
    type Expected = { [Slug in ProblemSlug]: Extract<Problem, { type: `/problems/${Slug}` }> };
    expectTypeOf<Described>().toEqualTypeOf<Expected>();
  });
});
