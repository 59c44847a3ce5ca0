import { hash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import { networkOf } from '../http/address.ts';
import { logEvent } from '../http/security-log.ts';
import { limitExceeded, tooManyRequests } from '../http/too-many-requests.ts';
import type { Account, Actor, FailureKey, NetworkFailures } from '../store/records.ts';
import { retentionMs } from '../store/retention.ts';
import type { Store } from '../store/store.ts';

/** Failures of one name in a row from which on the name has to wait. */
const failuresBeforeWait = 10;
/** The wait after as many failures, in milliseconds. Each further failure doubles it. */
const firstWaitMs = 30_000;
const maxWaitMs = 60 * 60_000;
/** Failures that one network may have in a window. */
export const failuresPerNetwork = 100;
const failureWindowSeconds = 15 * 60;

/** Tries of a network without failures that are answered while the name waits. */
const triesOfFreshNetwork = 3;
/** Failures of the name in a day from which on fresh networks wait as well. */
const dailyFailuresForFreshNetworks = 30;
const tooManyFailures = 'Too many failed logins.';
/** An id that no account has. */
const idOfNobody = '';
/** Milliseconds by which the clocks of processes may differ. A time further ahead was written by a wrong clock. */
const clockSkewMs = 60_000;

/**
 * The limits of attempts at passwords. The counts stand in the database, so all processes share them and a restart
 * keeps them.
 */
export interface Limits {
  /**
   * @param username in lower case. @param account the account of this name, if there is one.
   * @returns the count in which a failure of this attempt would be counted.
   */
  failureKey(request: FastifyRequest, username: string, account: Account | undefined): Promise<FailureKey>;
  /**
   * @param account the account of the name, if there is one.
   * @throws {ProblemError} 429 while this name or this network has to wait.
   */
  requireTry(request: FastifyRequest, key: FailureKey, account: Account | undefined): Promise<void>;
  /**
   * Counts a failure for the name and for the network, and writes it into the activity of the account.
   * @param meant `accountId` is undefined where no account has the name. `by` is the sender.
   */
  countFailure(
    key: FailureKey,
    meant: { accountId: string | undefined; type: 'login-failed' | 'password-refused'; by: Actor },
  ): Promise<void>;
  /**
   * Counts a right password that is not enough without a passkey for the network, and writes it into the activity. What is
   * counted for the name stays as it is.
   */
  countPasskeyMissing(accountId: string, key: FailureKey, by: Actor): Promise<void>;
  /** @throws {ProblemError} 429 while this network has to wait, whatever the name. */
  requireTryOfNetwork(request: FastifyRequest): Promise<void>;
  /** Counts a failure that is of no name for the network: a refused passkey, which must lock nobody out. */
  countFailureOfNetwork(request: FastifyRequest): Promise<void>;
}

/** @returns limits with their counts in the store. @param now milliseconds since 1970 */
export function createLimits({ store, now }: { store: Store; now: Clock }): Limits {
  const failures = store.windowLimiter('login-failures', failureWindowSeconds);

  return {
    async failureKey(request, username, account) {
      const network = networkOf(request.address);
      // An unknown name is looked up as well, so that it costs what a known one costs.
      const since = now() - retentionMs.familiarNetworks;
      const familiar = await store.isFamiliarNetwork(account?.id ?? idOfNobody, network, since);
      return { nameHash: nameHash(username), network, familiar };
    },

    async requireTry(request, key, account) {
      const wait = waitOf(await store.loginFailures(key.nameHash), key, now());
      const window = await failures.get(key.network);
      const full = window.taken >= failuresPerNetwork ? window.endsIn : 0;
      if (wait <= 0 && full <= 0) return;
      const event = wait > 0 ? 'authn_login_fail_max' : 'excess_rate_limit_exceeded';
      logEvent(request, event, { accountId: account?.id ?? null });
      throw tooManyRequests(tooManyFailures, Math.max(wait, full));
    },

    async countFailure(key, meant) {
      await store.countLoginFailure(key, meant, now());
      await failures.take(key.network);
    },

    async countPasskeyMissing(accountId, key, by) {
      await store.notePasskeyMissing(accountId, key, by, now());
      await failures.take(key.network);
    },

    async requireTryOfNetwork(request) {
      const { taken, endsIn } = await failures.get(networkOf(request.address));
      if (taken >= failuresPerNetwork) throw limitExceeded(request, tooManyFailures, endsIn);
    },

    async countFailureOfNetwork(request) {
      await failures.take(networkOf(request.address));
    },
  };
}

/**
 * @returns milliseconds that an attempt has to wait; 0 or less: it need not wait. A network that is familiar to the
 * account has its own count, all others share one. The first attempts of a fresh network are answered all the same, so
 * that one response does not tell whether the network is familiar.
 */
function waitOf(rows: NetworkFailures[], { network, familiar }: FailureKey, now: number): number {
  const isOver = ({ lastAt }: NetworkFailures) =>
    lastAt <= now - retentionMs.loginFailures || lastAt > now + clockSkewMs;
  const kept = rows.filter((row) => !isOver(row));
  const own = kept.find((row) => row.network === network);
  const governing = familiar ? own : kept.find((row) => row.network === '');
  if (!governing) return 0;
  // The shared count stands for failures that are all listed under their networks as well.
  const inADay = kept.reduce((sum, row) => sum + (row.network === '' ? 0 : row.count), 0);
  if ((own?.count ?? 0) < triesOfFreshNetwork && inADay < dailyFailuresForFreshNetworks) return 0;
  return waitAfter(governing.count) - Math.max(0, now - governing.lastAt);
}

/**
 * @returns the key of a name's failure count: SHA-256, base64url.
 * @param username in lower case, whether an account has it or not.
 */
export const nameHash = (username: string): string => hash('sha256', username, 'base64url');

/**
 * @returns milliseconds that a name waits after so many failures in a row: none for the first nine, then 30 s, twice as
 * long with each further failure, an hour at most. A hundred failures in a row from one familiar network, or from
 * unfamiliar ones that are never fresh, take three days and a half (NIST SP 800-63B-4 section 3.2.2). Fresh networks
 * shorten that to two days and a half: 30 failures can come at once, and from then on one an hour and as many as keep a
 * day below 30.
 */
export function waitAfter(count: number): number {
  if (count < failuresBeforeWait) return 0;
  return Math.min(firstWaitMs * 2 ** (count - failuresBeforeWait), maxWaitMs);
}
