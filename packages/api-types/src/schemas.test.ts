import type { Static } from 'typebox';
import { describe, expectTypeOf, it } from 'vitest';
import type { Calls } from './calls.ts';
import type { Problem, ProblemSlug } from './problems.ts';
import type * as schemas from './schemas.ts';

/** What a call's `problem` type says, against the list that the server reads. */
type Listed<Name extends schemas.CallName> = `/problems/${(typeof schemas.refusals)[Name][number]}`;

// The compiler is what fails here: `pnpm check` reads this file, and running it proves nothing more.
describe('the schemas and the types of one name, to the compiler,', () => {
  it('describe the same things', () => {
    expectTypeOf<Static<typeof schemas.User>>().toEqualTypeOf<schemas.User>();
    expectTypeOf<Static<typeof schemas.Device>>().toEqualTypeOf<schemas.Device>();
    expectTypeOf<Static<typeof schemas.Session>>().toEqualTypeOf<schemas.Session>();
    expectTypeOf<Static<typeof schemas.Sessions>>().toEqualTypeOf<schemas.Sessions>();
    expectTypeOf<Static<typeof schemas.ProfilePatch>>().toEqualTypeOf<schemas.ProfilePatch>();
    expectTypeOf<Static<typeof schemas.PasswordChange>>().toEqualTypeOf<schemas.PasswordChange>();
    expectTypeOf<Static<typeof schemas.PasswordProof>>().toEqualTypeOf<schemas.PasswordProof>();
    expectTypeOf<Static<typeof schemas.EventType>>().toEqualTypeOf<schemas.EventType>();
    expectTypeOf<Static<typeof schemas.Event>>().toEqualTypeOf<schemas.Event>();
    expectTypeOf<Static<typeof schemas.ActivityQuery>>().toEqualTypeOf<schemas.ActivityQuery>();
    expectTypeOf<Static<typeof schemas.Activity>>().toEqualTypeOf<schemas.Activity>();
    expectTypeOf<Static<typeof schemas.ExportedSession>>().toEqualTypeOf<schemas.ExportedSession>();
    expectTypeOf<Static<typeof schemas.Export>>().toEqualTypeOf<schemas.Export>();
    expectTypeOf<Static<typeof schemas.Remembered>>().toEqualTypeOf<schemas.Remembered>();
    expectTypeOf<Static<typeof schemas.EndReason>>().toEqualTypeOf<schemas.EndReason>();
    expectTypeOf<Static<typeof schemas.NotLoggedInReason>>().toEqualTypeOf<schemas.NotLoggedInReason>();
    expectTypeOf<Static<typeof schemas.CookieFacts>>().toEqualTypeOf<schemas.CookieFacts>();
    expectTypeOf<Static<typeof schemas.Conversation>>().toEqualTypeOf<schemas.Conversation>();
    expectTypeOf<Static<typeof schemas.Registration>>().toEqualTypeOf<schemas.Registration>();
    expectTypeOf<Static<typeof schemas.Credentials>>().toEqualTypeOf<schemas.Credentials>();
    expectTypeOf<Static<typeof schemas.Health>>().toEqualTypeOf<schemas.Health>();
    expectTypeOf<Static<typeof schemas.FieldRule>>().toEqualTypeOf<schemas.FieldRule>();
    expectTypeOf<Static<typeof schemas.FieldError>>().toEqualTypeOf<schemas.FieldError>();
  });

  it('name every problem', () => {
    type Described = { [Slug in ProblemSlug]: Static<(typeof schemas.problemSchemas)[Slug]> };
    expectTypeOf<Described[ProblemSlug]>().toEqualTypeOf<Problem>();
  });

  it('list for each call exactly the problems its type has', () => {
    expectTypeOf<Listed<'GET /me'>>().toEqualTypeOf<Calls['GET']['/me']['problem']['type']>();
    expectTypeOf<Listed<'PATCH /me'>>().toEqualTypeOf<Calls['PATCH']['/me']['problem']['type']>();
    expectTypeOf<Listed<'DELETE /me'>>().toEqualTypeOf<Calls['DELETE']['/me']['problem']['type']>();
    expectTypeOf<Listed<'PUT /me/password'>>().toEqualTypeOf<
      Calls['PUT']['/me/password']['problem']['type']
    >();
    expectTypeOf<Listed<'GET /me/sessions'>>().toEqualTypeOf<
      Calls['GET']['/me/sessions']['problem']['type']
    >();
    expectTypeOf<Listed<'DELETE /me/sessions'>>().toEqualTypeOf<
      Calls['DELETE']['/me/sessions']['problem']['type']
    >();
    expectTypeOf<Listed<'DELETE /me/sessions/{id}'>>().toEqualTypeOf<
      Calls['DELETE']['/me/sessions/{id}']['problem']['type']
    >();
    expectTypeOf<Listed<'GET /me/activity'>>().toEqualTypeOf<
      Calls['GET']['/me/activity']['problem']['type']
    >();
    expectTypeOf<Listed<'GET /me/export'>>().toEqualTypeOf<Calls['GET']['/me/export']['problem']['type']>();
    expectTypeOf<Listed<'PATCH /session'>>().toEqualTypeOf<Calls['PATCH']['/session']['problem']['type']>();
    expectTypeOf<Listed<'GET /session'>>().toEqualTypeOf<Calls['GET']['/session']['problem']['type']>();
    expectTypeOf<Listed<'GET /healthz'>>().toEqualTypeOf<Calls['GET']['/healthz']['problem']['type']>();
    expectTypeOf<Listed<'GET /readyz'>>().toEqualTypeOf<Calls['GET']['/readyz']['problem']['type']>();
    expectTypeOf<Listed<'GET /openapi.json'>>().toEqualTypeOf<
      Calls['GET']['/openapi.json']['problem']['type']
    >();
    expectTypeOf<Listed<'POST /register'>>().toEqualTypeOf<Calls['POST']['/register']['problem']['type']>();
    expectTypeOf<Listed<'POST /login'>>().toEqualTypeOf<Calls['POST']['/login']['problem']['type']>();
    expectTypeOf<Listed<'POST /logout'>>().toEqualTypeOf<Calls['POST']['/logout']['problem']['type']>();
  });
});
