import { hash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import type { Config } from '../config.ts';
import { networkOf } from '../http/address.ts';
import { type ProblemError, problem } from '../http/problems.ts';
import { logEvent } from '../http/security-log.ts';
import {
  type Account,
  type Actor,
  type FailureKey,
  keep,
  type NetworkFailures,
  type Store,
  type WindowLimiter,
  windowsOfAccounts,
} from '../store/store.ts';

/** Failed logins of one name before it has to wait. */
const freeTries = 10;
const shortestWait = 30_000;
const longestWait = 60 * 60_000;
/** Failed logins from one network in a quarter of an hour. */
export const failuresPerNetwork = 100;
/** Guests' sessions made from one network in an hour. */
export const guestsPerNetwork = 60;
/** Names that one network may find taken in an hour. */
const namesFoundPerNetwork = 120;
/** Exports of one account in an hour. */
const exportsPerAccount = 10;
/** Changes of one account's profile in an hour. */
const profileChangesPerAccount = 60;

/** Tries of a fresh network that are answered while the name waits, and how many failures in a day end that. */
const freshTries = 3;
const maxFailuresForFresh = 30;
/** Milliseconds by which the clocks of processes may differ. What lies further ahead was written by a wrong clock. */
const clockSkew = 60_000;

/** How often one may try. What is counted lives in the database: it is one count for all processes and outlives them. */
export interface Limits {
  /** Under which count a try for this account (or a name without one) falls. */
  failureKey(request: FastifyRequest, username: string, account: Account | undefined): Promise<FailureKey>;
  /** @throws {ProblemError} 429 while this name or this network has to wait. @param account the name's, if there is one */
  requireTry(request: FastifyRequest, key: FailureKey, account: Account | undefined): Promise<void>;
  /** Counts it, and tells the account it was meant for, if there is one. */
  countFailure(
    key: FailureKey,
    meant: { accountId: string | undefined; type: 'login-failed' | 'password-refused'; by: Actor },
  ): Promise<void>;
  /** Takes one of the network's guests' sessions. @throws {ProblemError} 429 when it has had them for now. */
  takeGuest(request: FastifyRequest): Promise<void>;
  /** Takes one of the account's exports. @throws {ProblemError} 429 when it has had them for now. */
  takeExport(request: FastifyRequest, accountId: string): Promise<void>;
  /** Takes one of the account's changes of its profile. @throws {ProblemError} 429 when it has had them for now. */
  takeProfileChange(request: FastifyRequest, accountId: string): Promise<void>;
  /** Takes one of the names that this network may find taken. @throws {ProblemError} 429 when it has for now. */
  takeNameFound(request: FastifyRequest): Promise<void>;
  /** @throws {ProblemError} 429 when this network has made its accounts, or found its names taken, for now. */
  requireRegistration(request: FastifyRequest): Promise<void>;
  /** Takes one of the network's accounts. @returns how to give it back when no account was made after all. */
  takeRegistration(request: FastifyRequest): Promise<() => Promise<void>>;
}

export function createLimits({ store, config, now }: { store: Store; config: Config; now: Clock }): Limits {
  const hour = 60 * 60;
  const failures = store.windowLimiter('login-failures', hour / 4);
  const registrations = store.windowLimiter('registrations', hour);
  const namesFound = store.windowLimiter('names-found', hour);
  const guests = store.windowLimiter('guests', hour);
  const exports = store.windowLimiter(windowsOfAccounts.exports, hour);
  const profileChanges = store.windowLimiter(windowsOfAccounts.profileChanges, hour);

  /** Takes first and gives back what is over, so that processes that count at once never let one too many through. */
  async function take(
    request: FastifyRequest,
    window: WindowLimiter,
    key: string,
    most: number,
    what: string,
    accountId?: string,
  ) {
    const { taken, endsIn } = await window.take(key);
    if (taken <= most) return;
    await window.giveBack(key);
    throw exceeded(request, what, endsIn, accountId);
  }

  return {
    async failureKey(request, username, account) {
      const network = networkOf(request.address);
      // An unknown name is looked up too, under an id that nobody has: it costs what a known one costs.
      const since = now() - keep.familiarNetworks;
      const familiar = await store.isFamiliarNetwork(account?.id ?? '', network, since);
      return { nameHash: nameHash(username), network, familiar };
    },

    async requireTry(request, key, account) {
      const wait = waitOf(await store.loginFailures(key.nameHash), key, now());
      const window = await failures.get(key.network);
      const full = window.taken >= failuresPerNetwork ? window.endsIn : 0;
      if (wait <= 0 && full <= 0) return;
      const event = wait > 0 ? 'authn_login_fail_max' : 'excess_rate_limit_exceeded';
      logEvent(request, event, { accountId: account?.id ?? null });
      throw tooMany('Too many failed logins.', Math.max(wait, full));
    },

    async countFailure(key, meant) {
      await store.countLoginFailure(key, meant, now());
      await failures.take(key.network);
    },

    takeGuest: (request) =>
      take(
        request,
        guests,
        networkOf(request.address),
        guestsPerNetwork,
        'Too many guests from this address were to be remembered.',
      ),

    takeExport: (request, accountId) =>
      take(request, exports, accountId, exportsPerAccount, 'This account was exported too often.', accountId),

    takeProfileChange: (request, accountId) =>
      take(
        request,
        profileChanges,
        accountId,
        profileChangesPerAccount,
        'This profile was changed too often.',
        accountId,
      ),

    takeNameFound: (request) =>
      take(request, namesFound, networkOf(request.address), namesFoundPerNetwork, tooManyNames),

    async requireRegistration(request) {
      const network = networkOf(request.address);
      const made = await registrations.get(network);
      if (made.taken >= config.registrationsPerHour) throw exceeded(request, tooManyAccounts, made.endsIn);
      const found = await namesFound.get(network);
      if (found.taken >= namesFoundPerNetwork) throw exceeded(request, tooManyNames, found.endsIn);
    },

    async takeRegistration(request) {
      const network = networkOf(request.address);
      await take(request, registrations, network, config.registrationsPerHour, tooManyAccounts);
      return () => registrations.giveBack(network);
    },
  };
}

/**
 * How long a try has to wait, in milliseconds; 0 or less: not at all. A network that is familiar to the account has a
 * count of its own, all others share one. The first tries of a fresh network are answered all the same, so that a
 * single answer does not tell which of the two it is.
 */
function waitOf(rows: NetworkFailures[], { network, familiar }: FailureKey, now: number): number {
  const isOver = ({ lastAt }: NetworkFailures) =>
    lastAt <= now - keep.loginFailures || lastAt > now + clockSkew;
  const kept = rows.filter((row) => !isOver(row));
  const own = kept.find((row) => row.network === network);
  const governing = familiar ? own : kept.find((row) => row.network === '');
  if (!governing) return 0;
  // The shared count stands for failures that are all listed under their networks as well.
  const inADay = kept.reduce((sum, row) => sum + (row.network === '' ? 0 : row.count), 0);
  if ((own?.count ?? 0) < freshTries && inADay < maxFailuresForFresh) return 0;
  return waitAfter(governing.count) - Math.max(0, now - governing.lastAt);
}

/** What failures of a name are counted under. @param username in lower case, existing or not. */
export const nameHash = (username: string): string => hash('sha256', username, 'base64url');

/**
 * How long a name waits after so many failures in a row, in milliseconds: none for the first nine, then 30 s, twice
 * as long with each, an hour at most. A hundred in a row from one familiar network, or from unfamiliar ones that are
 * never fresh, take three days and a half (NIST SP 800-63B-4 section 3.2.2). Fresh networks shorten that to two days
 * and a half: 30 failures can come at once, and from then on one an hour and whatever keeps a day below 30.
 */
export function waitAfter(count: number): number {
  return count < freeTries ? 0 : Math.min(shortestWait * 2 ** (count - freeTries), longestWait);
}

const tooManyAccounts = 'Too many accounts were made from this address.';
const tooManyNames = 'Too many names that are taken were asked for from this address.';

function exceeded(request: FastifyRequest, what: string, endsIn: number, accountId?: string): ProblemError {
  logEvent(request, 'excess_rate_limit_exceeded', accountId === undefined ? {} : { accountId });
  return tooMany(what, endsIn);
}

function tooMany(what: string, milliseconds: number): ProblemError {
  const retryAfter = Math.max(1, Math.ceil(milliseconds / 1000));
  return problem('too-many-requests', `${what} Try again in ${spoken(retryAfter)}.`, { retryAfter });
}

function spoken(seconds: number): string {
  const [count, unit] = seconds < 120 ? [seconds, 'second'] : [Math.ceil(seconds / 60), 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
