import { Type } from '../type.ts';
import { ada } from './examples.ts';
import { Profile } from './profile.ts';
import { instant, schemaOf, shown } from './schema.ts';

/** A person with an account, as that person sees it. */
export interface User extends Profile {
  /** Public, stable, never reused. */
  id: string;
  /** Unique, in lower case: 3 to 32 of `a-z 0-9 . _ -`, a letter or digit at both ends. */
  username: string;
  /** When the account was made, ISO 8601 in UTC. */
  createdAt: string;
}
export const User = schemaOf<User>()(
  Type.Object(
    {
      id: Type.String({ description: 'Public, stable, never reused.' }),
      username: Type.String(),
      ...Profile.properties,
      createdAt: instant('When the account was made.'),
    },
    shown<User>('An account as its owner sees it.', ada),
  ),
);
