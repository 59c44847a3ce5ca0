// JSON Schemas of the contract, as TypeBox makes them, each with its type under the same name.

export { type CallName, refusals } from './calls.ts';
export * from './contract/account.ts';
export * from './contract/activity.ts';
export * from './contract/conversation.ts';
export * from './contract/export.ts';
export * from './contract/field-error.ts';
export * from './contract/health.ts';
export * from './contract/house.ts';
export * from './contract/identity.ts';
export * from './contract/link.ts';
export * from './contract/login-methods.ts';
export * from './contract/passkey.ts';
export * from './contract/problem.ts';
export { ProfilePatch } from './contract/profile.ts';
export * from './contract/recovery.ts';
export * from './contract/session.ts';
export * from './contract/user.ts';
