/** How many points of a window are taken, and milliseconds until the window ends. Both are 0 when none runs. */
export interface WindowState {
  taken: number;
  endsIn: number;
}

/**
 * Counts points in fixed windows. A window begins with its first point and ends with all its points. Counts are exact
 * across processes, and outlive a restart. How many points are too many, the caller decides.
 */
export interface WindowLimiter {
  get(key: string): Promise<WindowState>;
  /** Takes one point. @returns the state with this point. */
  take(key: string): Promise<WindowState>;
  /** Gives one point back if its window still runs. */
  giveBack(key: string): Promise<void>;
}

export interface WindowStore {
  /**
   * @param name keeps the keys of this limiter apart from those of others.
   * @param seconds the length of a window.
   */
  windowLimiter(name: string, seconds: number): WindowLimiter;
}

/** Names of the limiters whose keys are ids of accounts. Their windows are removed with the account. */
export const windowsOfAccounts = { exports: 'exports', profileChanges: 'profile-changes' };
