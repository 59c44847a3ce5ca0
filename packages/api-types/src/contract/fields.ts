import { maxPasswordLength, maxUsernameLength, minUsernameLength, usernamePattern } from '../credentials.ts';
import { Type } from '../type.ts';

// The schemas of fields that the bodies of several calls have.

/** A username as people may type it. */
export const username = Type.String({
  minLength: minUsernameLength,
  maxLength: maxUsernameLength,
  pattern: usernamePattern,
  description: `${minUsernameLength} to ${maxUsernameLength} of a-z 0-9 . _ -, a letter or digit at both ends. Stored in lower case.`,
});
/** A password that an account may have. */
export const password = Type.String({
  maxLength: maxPasswordLength,
  description: 'Counted in code points after NFC normalisation.',
});
/**
 * A password to be set. The least length is a setting of the server, which adds it here and tells it in
 * `Conversation.passwordMinLength`.
 */
export const newPassword = password;
/** Whether the session is to outlive the browser. */
export const remember = Type.Optional(
  Type.Boolean({ description: 'Stay logged in after the browser closes. Default: false.' }),
);
