import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { networkOf } from '../http/address.ts';
import { limitExceeded } from '../http/too-many-requests.ts';
import type { Store } from '../store/store.ts';
import { type WindowLimiter, windowsOfAccounts } from '../store/windows.ts';

const hourSeconds = 60 * 60;
/** Guests' sessions that one network may start in an hour. */
export const guestsPerNetworkAndHour = 60;
/** Names that one network may find taken in an hour. */
const namesFoundPerNetworkAndHour = 120;
/** Exports of one account in an hour. */
const exportsPerAccountAndHour = 10;
/** Changes of one account's profile in an hour. */
const profileChangesPerAccountAndHour = 60;
/** Decisions whether the password of one account is enough, in an hour. */
const loginMethodChangesPerAccountAndHour = 60;
/** Times that one account may be given recovery codes in an hour. Each time costs ten hashes. */
const recoveryCodesPerAccountAndHour = 20;
/** Links for another device that one account may make in an hour. */
const deviceLinksPerAccountAndHour = 10;
/** One-time links that one network may open or use in vain in a window. */
export const voidLinksPerNetwork = 60;
const voidLinkWindowSeconds = 15 * 60;

const tooManyAccounts = 'Too many accounts were registered from this IP address.';
const tooManyNames = 'Too many taken usernames were tried from this IP address.';

/**
 * Limits of calls that succeed, for a network or an account in an hour, and of links that are tried in vain. The counts stand in the database, so all
 * processes share them and a restart keeps them.
 *
 * Each `take*` takes one place of the hour, or throws when none is left.
 */
export interface Quotas {
  /**
   * @throws {ProblemError} 429 when the network has started {@link guestsPerNetworkAndHour} guests' sessions in this
   * hour.
   */
  takeGuest(request: FastifyRequest): Promise<void>;
  /** @throws {ProblemError} 429 when the account has had {@link exportsPerAccountAndHour} exports in this hour. */
  takeExport(request: FastifyRequest, accountId: string): Promise<void>;
  /**
   * @throws {ProblemError} 429 when the account has had {@link profileChangesPerAccountAndHour} changes in this hour.
   */
  takeProfileChange(request: FastifyRequest, accountId: string): Promise<void>;
  /**
   * @throws {ProblemError} 429 when the account has had {@link loginMethodChangesPerAccountAndHour} changes in this hour.
   */
  takeLoginMethodChange(request: FastifyRequest, accountId: string): Promise<void>;
  /** @throws {ProblemError} 429 when the account was given codes {@link recoveryCodesPerAccountAndHour} times in this hour. */
  takeRecoveryCodes(request: FastifyRequest, accountId: string): Promise<void>;
  /** @throws {ProblemError} 429 when the account has made {@link deviceLinksPerAccountAndHour} links in this hour. */
  takeDeviceLink(request: FastifyRequest, accountId: string): Promise<void>;
  /** Takes no place. @throws {ProblemError} 429 when the network has tried {@link voidLinksPerNetwork} links in vain. */
  requireLinkTry(request: FastifyRequest): Promise<void>;
  /** Counts a link that the network tried in vain. */
  countVoidLink(request: FastifyRequest): Promise<void>;
  /**
   * @throws {ProblemError} 429 when the network has found {@link namesFoundPerNetworkAndHour} names taken in this hour.
   */
  takeNameFound(request: FastifyRequest): Promise<void>;
  /** Takes no place. @throws {ProblemError} 429 when the next account or the next taken name would be refused. */
  requireRegistration(request: FastifyRequest): Promise<void>;
  /**
   * @returns a function that gives the place back, for when no account was made after all.
   * @throws {ProblemError} 429 when the network has made `registrationsPerHour` accounts in this hour.
   */
  takeRegistration(request: FastifyRequest): Promise<() => Promise<void>>;
}

/** @returns quotas with their counts in the store. */
export function createQuotas({ store, config }: { store: Store; config: Config }): Quotas {
  const registrations = store.windowLimiter('registrations', hourSeconds);
  const namesFound = store.windowLimiter('names-found', hourSeconds);
  const guests = store.windowLimiter('guests', hourSeconds);
  const exports = store.windowLimiter(windowsOfAccounts.exports, hourSeconds);
  const profileChanges = store.windowLimiter(windowsOfAccounts.profileChanges, hourSeconds);
  const loginMethodChanges = store.windowLimiter(windowsOfAccounts.loginMethodChanges, hourSeconds);
  const recoveryCodes = store.windowLimiter(windowsOfAccounts.recoveryCodes, hourSeconds);
  const deviceLinks = store.windowLimiter(windowsOfAccounts.deviceLinks, hourSeconds);
  const voidLinks = store.windowLimiter('void-links', voidLinkWindowSeconds);

  return {
    async takeGuest(request) {
      const what = 'Too many sessions without a login were started from this IP address.';
      await takeOfNetwork(request, guests, guestsPerNetworkAndHour, what);
    },

    async takeExport(request, accountId) {
      const what = 'This account was exported too often.';
      await takeOfAccount(request, exports, accountId, exportsPerAccountAndHour, what);
    },

    async takeProfileChange(request, accountId) {
      const what = 'This profile was changed too often.';
      await takeOfAccount(request, profileChanges, accountId, profileChangesPerAccountAndHour, what);
    },

    async takeLoginMethodChange(request, accountId) {
      const what = 'The ways to log in to this account were changed too often.';
      await takeOfAccount(request, loginMethodChanges, accountId, loginMethodChangesPerAccountAndHour, what);
    },

    async takeRecoveryCodes(request, accountId) {
      const what = 'This account was given recovery codes too often.';
      await takeOfAccount(request, recoveryCodes, accountId, recoveryCodesPerAccountAndHour, what);
    },

    async takeDeviceLink(request, accountId) {
      const what = 'This account made too many links for other devices.';
      await takeOfAccount(request, deviceLinks, accountId, deviceLinksPerAccountAndHour, what);
    },

    async requireLinkTry(request) {
      const { taken, endsIn } = await voidLinks.get(networkOf(request.address));
      if (taken < voidLinksPerNetwork) return;
      throw limitExceeded(
        request,
        'Too many links that are no longer good were tried from this IP address.',
        endsIn,
      );
    },

    async countVoidLink(request) {
      await voidLinks.take(networkOf(request.address));
    },

    async takeNameFound(request) {
      await takeOfNetwork(request, namesFound, namesFoundPerNetworkAndHour, tooManyNames);
    },

    async requireRegistration(request) {
      const network = networkOf(request.address);
      const made = await registrations.get(network);
      if (made.taken >= config.registrationsPerHour)
        throw limitExceeded(request, tooManyAccounts, made.endsIn);
      const found = await namesFound.get(network);
      if (found.taken >= namesFoundPerNetworkAndHour)
        throw limitExceeded(request, tooManyNames, found.endsIn);
    },

    async takeRegistration(request) {
      await takeOfNetwork(request, registrations, config.registrationsPerHour, tooManyAccounts);
      return () => registrations.giveBack(networkOf(request.address));
    },
  };
}

async function takeOfNetwork(request: FastifyRequest, window: WindowLimiter, maxTaken: number, what: string) {
  const endsIn = await takeUpTo(maxTaken, window, networkOf(request.address));
  if (endsIn !== undefined) throw limitExceeded(request, what, endsIn);
}

async function takeOfAccount(
  request: FastifyRequest,
  window: WindowLimiter,
  accountId: string,
  maxTaken: number,
  what: string,
) {
  const endsIn = await takeUpTo(maxTaken, window, accountId);
  if (endsIn !== undefined) throw limitExceeded(request, what, endsIn, accountId);
}

/**
 * Takes a place first, and gives it back when it is one too many, so that processes which count at the same time never
 * let more through.
 * @returns undefined when there was a place, else the milliseconds until the window ends.
 */
async function takeUpTo(maxTaken: number, window: WindowLimiter, key: string): Promise<number | undefined> {
  const { taken, endsIn } = await window.take(key);
  if (taken <= maxTaken) return undefined;
  await window.giveBack(key);
  return endsIn;
}
