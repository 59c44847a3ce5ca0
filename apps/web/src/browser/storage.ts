/**
 * Reads a value that this browser keeps.
 * @param storage gives the storage, or throws: browsers that block cookies have none.
 * @returns undefined when there is no such value, or no storage
 */
export function recall(storage: () => Storage, key: string): string | undefined {
  try {
    return storage().getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a value in this browser, as long as the storage lasts. Without a storage this does nothing. */
export function keep(storage: () => Storage, key: string, value: string): void {
  try {
    storage().setItem(key, value);
  } catch {
    // The page works without the value: the person is asked again, or chooses again.
  }
}
