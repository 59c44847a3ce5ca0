/**
 * A running window: how many of its points are taken, and the milliseconds until it ends. Both are 0 when none runs.
 */
export interface WindowState {
  taken: number;
  endsIn: number;
}

/**
 * Counts points in fixed windows. A window begins with its first point and ends with all its points. Counts are exact
 * across processes, and outlive a restart. The caller decides how many points are too many.
 */
export interface WindowLimiter {
  /** @returns the state of a window. Takes no point. */
  get(key: string): Promise<WindowState>;
  /** Takes one point. @returns the state with this point. */
  take(key: string): Promise<WindowState>;
  /** Gives one point back if its window still runs. */
  giveBack(key: string): Promise<void>;
}

/** The part of the store that makes limiters. */
export interface WindowStore {
  /**
   * @param name keeps the keys of this limiter apart from those of others.
   * @param seconds the length of a window.
   */
  windowLimiter(name: string, seconds: number): WindowLimiter;
}

/** Names of the limiters whose keys are ids of accounts. Their windows are removed with the account. */
export const windowsOfAccounts = {
  exports: 'exports',
  profileChanges: 'profile-changes',
  recoveryCodes: 'recovery-codes',
  deviceLinks: 'device-links',
  loginMethodChanges: 'login-method-changes',
};
