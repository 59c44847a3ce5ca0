export type { Calls } from './calls.ts';
export {
  type CallOptions,
  type Client,
  type ClientOptions,
  createClient,
  type Result,
  UnexpectedResponse,
} from './client.ts';
export { isEmail, maxEmailLength } from './email.ts';
export type * from './problems.ts';
export type * from './types.ts';
