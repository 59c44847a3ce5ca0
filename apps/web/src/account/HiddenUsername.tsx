/** Tells password managers whose password a form is about; nobody else. */
export function HiddenUsername({ username }: { username: string }) {
  return <input id="username" name="username" autoComplete="username" value={username} readOnly hidden />;
}
