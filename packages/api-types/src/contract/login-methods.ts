import { Type } from '../type.ts';
import { adasPasskey } from './examples.ts';
import { password } from './fields.ts';
import { Passkey, PasskeyAuthenticationResponse } from './passkey.ts';
import { oneOf, schemaOf, shown } from './schema.ts';

const passwordAlone = Type.Boolean({
  description: 'Whether the password logs in without a passkey beside it.',
});

/** The data of `GET /me/login-methods`: the ways in which the owner of an account logs in. */
export interface LoginMethods {
  /** The oldest first. */
  passkeys: Passkey[];
  /** 0 to 10. */
  recoveryCodesLeft: number;
  /** Whether the password logs in without a passkey beside it. */
  passwordAlone: boolean;
}
export const LoginMethods = schemaOf<LoginMethods>()(
  Type.Object(
    {
      passkeys: Type.Array(Passkey, { description: 'The oldest first.' }),
      recoveryCodesLeft: Type.Integer({ minimum: 0, maximum: 10 }),
      passwordAlone,
    },
    shown<LoginMethods>('The ways in which the owner of the account logs in.', {
      passkeys: [adasPasskey],
      recoveryCodesLeft: 10,
      passwordAlone: true,
    }),
  ),
);

/** The body of `PATCH /me/login-methods`. */
export interface LoginMethodsPatch {
  passwordAlone: boolean;
}
export const LoginMethodsPatch = schemaOf<LoginMethodsPatch>()(
  Type.Object(
    { passwordAlone },
    shown<LoginMethodsPatch>('Whether the password alone is to be enough.', { passwordAlone: false }),
  ),
);

/** A way in which the owner of an account proves to be at the keyboard. */
export type ProofWay = 'password' | 'passkey';
export const ProofWay = schemaOf<ProofWay>()(oneOf(['password', 'passkey']));

/** The body of `POST /me/proof`: one of the two. */
export interface Proof {
  password?: string;
  /** A passkey that was shown for the options of `POST /me/proof/options`. */
  response?: PasskeyAuthenticationResponse;
}
export const Proof = schemaOf<Proof>()(
  Type.Object(
    { password: Type.Optional(password), response: Type.Optional(PasskeyAuthenticationResponse) },
    shown<Proof>(
      'The current password, or a passkey for the options of `POST /me/proof/options`: one of the two.',
      {
        password: 'umbrella left by the door',
      },
    ),
  ),
);
