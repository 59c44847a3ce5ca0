import { client } from '../../session/current.ts';

/** Asks the server for the ways in which the owner of the account logs in. */
export const askForLoginMethods = (signal: AbortSignal) => client.GET('/me/login-methods', { signal });
