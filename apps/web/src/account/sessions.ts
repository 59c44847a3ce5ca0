import { client } from '../session/current.ts';

/** Asks the server for the live sessions of the account, the one of this page first. */
export const askForSessions = (signal: AbortSignal) => client.GET('/me/sessions', { signal });
