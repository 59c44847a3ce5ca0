import { Type } from '../type.ts';
import { ada } from './examples.ts';
import { schemaOf, shown, textOrNull } from './schema.ts';
import type { User } from './user.ts';

/**
 * A person who is logged in, as a service or an app sees that person. There is no email address: nobody has verified it,
 * and an app that joins accounts by address would hand the data of one person to another.
 */
export type Identity = Pick<User, 'id' | 'username' | 'displayName'>;
export const Identity = schemaOf<Identity>()(
  Type.Object(
    {
      id: Type.String({ description: 'Never reused: key the data of your app by it.' }),
      username: Type.String(),
      displayName: textOrNull('The name to show; null: the username is all there is.'),
    },
    shown<Identity>('A person who is logged in, as an app sees that person.', {
      id: ada.id,
      username: ada.username,
      displayName: 'Ada Lovelace',
    }),
  ),
);

/** The query of `GET /verify`. */
export interface VerifyQuery {
  /** Send people who ask for a page to the login page; without it everybody who is not logged in gets 401. */
  login?: 'redirect';
}
export const VerifyQuery = schemaOf<VerifyQuery>()(
  Type.Object({
    login: Type.Optional(
      Type.Literal('redirect', {
        description:
          'Send people who ask for a page to the login page; without it everybody who is not logged in gets 401.',
      }),
    ),
  }),
);
