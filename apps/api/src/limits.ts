import { hash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { addressOf, networkOf } from './addresses.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { logEvent } from './events.ts';
import { type ProblemError, problem } from './problems.ts';
import { type Account, type Actor, type FailureKey, keep, type Store } from './store/store.ts';

/** Failed logins of one name before it has to wait. */
const freeTries = 10;
const shortestWait = 30_000;
const longestWait = 60 * 60_000;
/** Failed logins from one network in a quarter of an hour. */
export const failuresPerNetwork = 100;
/** Guests' sessions made from one network in an hour. */
export const guestsPerNetwork = 60;

/** How often one may try. What is counted lives in the database: it is one count for all processes and outlives them. */
export interface Limits {
  /** Under which count a try for this account (or a name without one) falls. */
  failureKey(request: FastifyRequest, username: string, account: Account | undefined): Promise<FailureKey>;
  /** @throws {ProblemError} 429 while this name or this network has to wait. */
  requireTry(request: FastifyRequest, key: FailureKey): Promise<void>;
  /** Counts it, and tells the account it was meant for, if there is one. */
  countFailure(
    request: FastifyRequest,
    key: FailureKey,
    meant: { accountId: string | undefined; type: 'login-failed' | 'password-refused'; by: Actor },
  ): Promise<void>;
  /** Takes one of the network's guests' sessions. @throws {ProblemError} 429 when it has had them for now. */
  takeGuest(request: FastifyRequest): Promise<void>;
  /** @throws {ProblemError} 429 when this network has made its accounts for now. */
  requireRegistration(request: FastifyRequest): Promise<void>;
  /** Takes one of the network's accounts. @returns how to give it back when no account was made after all. */
  takeRegistration(request: FastifyRequest): Promise<() => Promise<void>>;
}

export function createLimits({ store, config, now }: { store: Store; config: Config; now: Clock }): Limits {
  const failures = store.windowLimiter('login-failures', 15 * 60);
  const registrations = store.windowLimiter('registrations', 60 * 60);
  const guests = store.windowLimiter('guests', 60 * 60);

  return {
    async failureKey(request, username, account) {
      const network = networkOf(addressOf(request));
      // An unknown name is looked up too, under an id that nobody has: it costs what a known one costs.
      const familiar = await store.isFamiliarNetwork(
        account?.id ?? '',
        network,
        now() - keep.familiarNetworks,
      );
      return { nameHash: nameHash(username), network: familiar ? network : '' };
    },

    async requireTry(request, key) {
      const { count, lastAt } = await store.loginFailures(key);
      const wait = waitAfter(count) - (now() - lastAt);
      const window = await failures.get(networkOf(addressOf(request)));
      const full = window.taken >= failuresPerNetwork ? window.endsIn : 0;
      if (wait <= 0 && full <= 0) return;
      logEvent(request, wait > 0 ? 'authn_login_fail_max' : 'excess_rate_limit_exceeded');
      throw tooMany('Too many failed logins.', Math.max(wait, full));
    },

    async countFailure(request, key, meant) {
      const network = networkOf(addressOf(request));
      await store.countLoginFailure(key, { ...meant, network }, now());
      await failures.take(network);
    },

    async takeGuest(request) {
      const network = networkOf(addressOf(request));
      const { taken, endsIn } = await guests.take(network);
      if (taken <= guestsPerNetwork) return;
      await guests.giveBack(network);
      logEvent(request, 'excess_rate_limit_exceeded');
      throw tooMany('Too many guests from this address were to be remembered.', endsIn);
    },

    async requireRegistration(request) {
      const { taken, endsIn } = await registrations.get(networkOf(addressOf(request)));
      if (taken >= config.registrationsPerHour) throw tooManyAccounts(request, endsIn);
    },

    async takeRegistration(request) {
      const network = networkOf(addressOf(request));
      const { taken, endsIn } = await registrations.take(network);
      const giveBack = () => registrations.giveBack(network);
      if (taken > config.registrationsPerHour) {
        await giveBack();
        throw tooManyAccounts(request, endsIn);
      }
      return giveBack;
    },
  };
}

/** What failures of a name are counted under. @param username in lower case, existing or not. */
export const nameHash = (username: string): string => hash('sha256', username, 'base64url');

/**
 * How long a name waits after so many failures in a row, in milliseconds: none for the first nine, then 30 s, twice
 * as long with each, an hour at most. A hundred in a row take over three days (NIST SP 800-63B-4 section 3.2.2).
 */
export function waitAfter(count: number): number {
  return count < freeTries ? 0 : Math.min(shortestWait * 2 ** (count - freeTries), longestWait);
}

function tooManyAccounts(request: FastifyRequest, endsIn: number): ProblemError {
  logEvent(request, 'excess_rate_limit_exceeded');
  return tooMany('Too many accounts were made from this address.', endsIn);
}

function tooMany(what: string, milliseconds: number): ProblemError {
  const retryAfter = Math.max(1, Math.ceil(milliseconds / 1000));
  return problem('too-many-requests', `${what} Try again in ${spoken(retryAfter)}.`, { retryAfter });
}

function spoken(seconds: number): string {
  const [count, unit] = seconds < 120 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
