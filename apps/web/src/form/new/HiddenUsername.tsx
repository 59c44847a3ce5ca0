/** Tells password managers which account a form for a password is about. People do not see it. */
export function HiddenUsername({ username }: { username: string }) {
  return <input id="username" name="username" autoComplete="username" value={username} readOnly hidden />;
}
