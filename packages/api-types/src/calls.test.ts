import { describe, expectTypeOf, it } from 'vitest';
import type { Calls } from './calls.ts';
import type {
  InternalError,
  InvalidRequest,
  NotLoggedIn,
  OriginNotAllowed,
  RegistrationClosed,
  TooLarge,
  TooManyRequests,
  Unavailable,
  UnsupportedMediaType,
  UsernameTaken,
} from './contract/problem.ts';
import type { Registration, User } from './schemas.ts';

// The compiler is what fails here: `pnpm check` reads this file, and running it proves nothing more.
describe('the type of a call, to the compiler,', () => {
  it('has exactly the problems that are listed for the call', () => {
    expectTypeOf<Calls['GET']['/me']['problem']>().toEqualTypeOf<NotLoggedIn | InternalError | Unavailable>();
    expectTypeOf<Calls['GET']['/healthz']['problem']>().toEqualTypeOf<InternalError | Unavailable>();
    expectTypeOf<Calls['POST']['/register']['problem']>().toEqualTypeOf<
      | RegistrationClosed
      | OriginNotAllowed
      | InvalidRequest
      | TooLarge
      | UnsupportedMediaType
      | UsernameTaken
      | TooManyRequests
      | InternalError
      | Unavailable
    >();
  });

  it('has what the call takes and returns', () => {
    expectTypeOf<Calls['POST']['/register']['body']>().toEqualTypeOf<Registration>();
    expectTypeOf<Calls['POST']['/register']['data']>().toEqualTypeOf<User>();
    expectTypeOf<keyof Calls>().toEqualTypeOf<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'>();
  });
});
