import type { EventType } from '@coatcheck/api-types';

const dayMs = 24 * 60 * 60_000;

/** Milliseconds for which the store keeps rows that are over. The sweep removes them afterwards. */
export const retentionMs = {
  /** Counted from the end of the session. */
  tombstones: 7 * dayMs,
  /** Counted from the last login from the network. */
  familiarNetworks: 30 * dayMs,
  /** Counted from the last failure. A failure after that begins a new count. */
  loginFailures: dayMs,
  /** Counted from the time of the event. */
  events: 90 * dayMs,
  /** Counted from the last time the version was put. */
  assets: 30 * dayMs,
  /** Counted from the use of a one-time link, or from the end of its time: until then its holder is told why it is void. */
  links: 7 * dayMs,
};

/** The numbers of rows that the store keeps at most. */
export interface StoreCaps {
  maxSessionsPerAccount: number;
  /** Above this, the network without a login for the longest time is forgotten. */
  maxFamiliarNetworks: number;
  /**
   * For each account. Each type has a share of its own, so that many events of one type, caused at an unlocked browser
   * or by a stranger with a thousand networks, push out no other type.
   */
  maxEventsPerType: Record<EventType, number>;
  /** A version of the page takes about 0.5 MB. A server that is built often would fill the disk. */
  maxAssetVersions: number;
  maxPasskeysPerAccount: number;
  /** Of logins that wait for their passkey. Above this, the oldest makes room. */
  maxChallengesPerNetwork: number;
  maxWaitingInvitations: number;
}

/** The caps of a server. Only tests choose others. */
export const storeCaps: StoreCaps = {
  maxSessionsPerAccount: 100,
  maxFamiliarNetworks: 100,
  // 10,000 in all.
  maxEventsPerType: {
    registered: 100,
    'logged-in': 3_000,
    'logged-out': 800,
    'session-ended': 700,
    'password-changed': 500,
    'password-reset': 500,
    'password-refused': 500,
    'login-failed': 1_800,
    'profile-changed': 500,
    'passkey-added': 100,
    'passkey-removed': 100,
    'passkey-missing': 300,
    'login-methods-changed': 100,
    'recovery-codes-made': 100,
    'recovery-code-used': 100,
    'reset-link-made': 100,
    'reset-link-used': 100,
    'device-link-made': 300,
    'device-link-used': 300,
  },
  maxAssetVersions: 10,
  maxPasskeysPerAccount: 20,
  maxChallengesPerNetwork: 300,
  maxWaitingInvitations: 1_000,
};
