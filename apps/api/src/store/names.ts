/** The methods of the store for usernames. A name that was left stays taken until it is freed. */
export interface NameStore {
  /** @param username lower case. @returns whether an account has the name, or had it when it was deleted. */
  isNameTaken(username: string): Promise<boolean>;

  /**
   * Forgets that a name was left, so that it can be registered again.
   * @param username lower case.
   * @returns `not-left` when no deleted account had the name, or when it was freed since.
   */
  freeName(username: string): Promise<'freed' | 'not-left'>;
}
