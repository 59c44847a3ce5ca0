import { emailPattern, maxEmailLength } from '../email.ts';
import { Type } from '../type.ts';
import { newPassword, password, remember, username } from './fields.ts';
import { schemaOf, shown } from './schema.ts';

const email = {
  pattern: emailPattern,
  maxLength: maxEmailLength,
  description: 'Contact data, not verified, in any script (RFC 6531).',
};

/** The body of `POST /register`. */
export interface Registration {
  /** Any case; kept in lower case. */
  username: string;
  /** `passwordMinLength` (see {@link Conversation}) to 256 code points of any Unicode. */
  password: string;
  email?: string;
  /** Stay logged in after the browser closes. */
  remember?: boolean;
}
export const Registration = schemaOf<Registration>()(
  Type.Object(
    { username, password: newPassword, email: Type.Optional(Type.String(email)), remember },
    shown<Registration>('A new account.', {
      username: 'ada',
      password: 'umbrella left by the door',
    }),
  ),
);

/** The body of `POST /login`. */
export interface Credentials {
  username: string;
  password: string;
  /** Stay logged in after the browser closes. */
  remember?: boolean;
}
export const Credentials = schemaOf<Credentials>()(
  Type.Object(
    { username, password, remember },
    shown<Credentials>('Username and password of an account.', {
      username: 'ada',
      password: 'umbrella left by the door',
    }),
  ),
);

/** The body of `PUT /me/password`. */
export interface PasswordChange {
  /** It may be left out within five minutes after a passkey was shown on this session. */
  currentPassword?: string;
  /** `passwordMinLength` (see {@link Conversation}) to 256 code points of any Unicode. */
  newPassword: string;
}
export const PasswordChange = schemaOf<PasswordChange>()(
  Type.Object(
    { currentPassword: Type.Optional(password), newPassword },
    shown<PasswordChange>(
      'Current and new password. The current one may be left out within five minutes after a passkey was shown on this session.',
      {
        currentPassword: 'umbrella left by the door',
        newPassword: 'gloves in the left pocket',
      },
    ),
  ),
);

/** The body of `DELETE /me`: the proof that the person at the keyboard owns the account. */
export interface PasswordProof {
  /** It may be left out within five minutes after a passkey was shown on this session. */
  password?: string;
}
export const PasswordProof = schemaOf<PasswordProof>()(
  Type.Object(
    { password: Type.Optional(password) },
    {
      ...shown<PasswordProof>(
        'The current password, as proof that the sender owns the account. It, and with it the body, may be left out within five minutes after a passkey was shown on this session.',
        { password: 'umbrella left by the door' },
      ),
      default: {},
    },
  ),
);
