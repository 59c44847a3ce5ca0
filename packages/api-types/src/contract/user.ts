import { Type } from 'typebox';
import { ada } from './examples.ts';
import { instant, schemaOf, shown, textOrNull } from './schema.ts';

/** A person with an account, as that person sees it. */
export interface User {
  /** Public, stable, never reused. */
  id: string;
  /** Unique, in lower case: 3 to 32 of `a-z 0-9 . _ -`, a letter or digit at both ends. */
  username: string;
  /** What the person wants to be called, or null. */
  displayName: string | null;
  /** Contact data, not verified, or null. */
  email: string | null;
  /** When the account was made, ISO 8601 in UTC. */
  createdAt: string;
}
export const User = schemaOf<User>()(
  Type.Object(
    {
      id: Type.String({ description: 'Public, stable, never reused.' }),
      username: Type.String(),
      displayName: textOrNull('What the person wants to be called.'),
      email: textOrNull('Contact data, not verified.'),
      createdAt: instant('When the account was made.'),
    },
    shown<User>('An account as its owner sees it.', ada),
  ),
);
