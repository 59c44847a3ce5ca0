import { emailPattern } from '../email.ts';
import { maxProfileLengths } from '../profile.ts';
import { Type } from '../type.ts';
import { schemaOf, shown, strict, textOrNull } from './schema.ts';

/** The fields that the owner of an account may fill in and change. Null: not filled in. */
export interface Profile {
  /** The name by which the person wants to be called. */
  displayName: string | null;
  /** Contact data, not verified. */
  email: string | null;
}
export const Profile = schemaOf<Profile>()(
  Type.Object(
    {
      displayName: textOrNull('The name by which the person wants to be called.'),
      email: textOrNull('Contact data, not verified.'),
    },
    strict,
  ),
);

/**
 * The body of `PATCH /me`: a field that is left out stays, null clears a field. `maxProfileLengths` limits each field. A
 * profile that is received has no such limit: another version of the server may have taken it.
 */
export type ProfilePatch = Partial<Profile>;
export const ProfilePatch = schemaOf<ProfilePatch>()(
  Type.Object(
    {
      displayName: Type.Optional(
        Type.Unsafe<string | null>({
          type: ['string', 'null'],
          minLength: 1,
          maxLength: maxProfileLengths.displayName,
          description: 'The name by which the person wants to be called, any Unicode; null clears it.',
        }),
      ),
      email: Type.Optional(
        Type.Unsafe<string | null>({
          pattern: emailPattern,
          maxLength: maxProfileLengths.email,
          type: ['string', 'null'],
          description: 'Contact data, not verified, in any script; null clears it.',
        }),
      ),
    },
    shown<ProfilePatch>('A field that is left out stays as it is; null clears it.', {
      displayName: 'Ada Lovelace',
      email: null,
    }),
  ),
);
