// The types of the contract, without its schemas. A bundle gets the client, and the checks that a form makes before a call.

import type { Event as AccountEvent } from './contract/activity.ts';

export type { Calls } from './calls.ts';
export type * from './causes.ts';
export { type ClientOptions, createClient, UnexpectedResponse } from './client.ts';
export type * from './contract/account.ts';
export type * from './contract/activity.ts';
export type * from './contract/conversation.ts';
export type * from './contract/export.ts';
export type * from './contract/field-error.ts';
export type * from './contract/health.ts';
export type * from './contract/house.ts';
export type * from './contract/identity.ts';
export type * from './contract/link.ts';
export type * from './contract/login-methods.ts';
export type * from './contract/passkey.ts';
export type * from './contract/problem.ts';
export type * from './contract/profile.ts';
export type * from './contract/recovery.ts';
export type * from './contract/session.ts';
export type * from './contract/user.ts';
export {
  deviceLinkSeconds,
  isUsername,
  maxPasskeyNameLength,
  maxPasswordLength,
  maxUsernameLength,
  minUsernameLength,
} from './credentials.ts';
export { isEmail, maxEmailLength } from './email.ts';
export type { CallOptions, Client, Result } from './methods.ts';
export { emptyProfile, maxProfileLengths } from './profile.ts';

/** {@link AccountEvent}, as a type alone: a value of this name would hide the `Event` of browsers. */
export type Event = AccountEvent;
