import { Type } from '../type.ts';
import { newPassword, username } from './fields.ts';
import { schemaOf, shown } from './schema.ts';

/** Recovery codes that are made at a time. */
const recoveryCodeCount = 10;
/** Characters that a recovery code may have as it is typed, with its dashes and blanks. */
const maxRecoveryCodeLength = 64;

/** The data of `POST /me/recovery-codes`, shown this once. */
export interface RecoveryCodes {
  /** Ten codes of 16 characters in groups. Each replaces a forgotten password once. */
  codes: string[];
}
export const RecoveryCodes = schemaOf<RecoveryCodes>()(
  Type.Object(
    {
      codes: Type.Array(Type.String(), { minItems: recoveryCodeCount, maxItems: recoveryCodeCount }),
    },
    shown<RecoveryCodes>('Recovery codes, shown this once. Each replaces a forgotten password once.', {
      codes: [
        ...['7XKD-2M4Q-WN9R-TB5H', 'C3VJ-8GPZ-0YAE-6FSK', '1QHN-R7TD-MX2W-94BV'],
        ...['5EKA-ZP8C-JG3Y-N6FM', 'T0WB-4VSR-K9QX-D2H7', '8MZE-Y1CN-P5GA-3JTW'],
        ...['FD6V-Q2KH-7RXB-S9M0', 'W4PT-N3JZ-E8YC-1GQA', '9SHR-B5MK-0DVX-ZT7F', '2YGN-C6WE-AJ8Q-4PHR'],
      ],
    }),
  ),
);

/** The body of `POST /recover`. */
export interface Recovery {
  /** Any case. */
  username: string;
  /** With or without its dashes, in any case. */
  code: string;
  /** `passwordMinLength` (see {@link Conversation}) to 256 code points of any Unicode. */
  newPassword: string;
}
export const Recovery = schemaOf<Recovery>()(
  Type.Object(
    {
      username,
      code: Type.String({
        maxLength: maxRecoveryCodeLength,
        description: 'With or without its dashes, in any case.',
      }),
      newPassword,
    },
    shown<Recovery>('A recovery code in place of a forgotten password, and a new one.', {
      username: 'ada',
      code: '7XKD-2M4Q-WN9R-TB5H',
      newPassword: 'gloves in the left pocket',
    }),
  ),
);
