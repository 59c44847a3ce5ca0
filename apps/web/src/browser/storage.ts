/** Something kept in this browser, or undefined. Where cookies are blocked, it keeps nothing, and reading it throws. */
export function recall(storage: () => Storage, key: string): string | undefined {
  try {
    return storage().getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps something in this browser as long as the storage does, if it can. */
export function keep(storage: () => Storage, key: string, value: string): void {
  try {
    storage().setItem(key, value);
  } catch {
    // Then it is asked again, or chosen again.
  }
}
