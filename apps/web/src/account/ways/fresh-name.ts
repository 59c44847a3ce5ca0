import type { Passkey } from '@coatcheck/api-types';

/** A name that no passkey of the account has: "Chrome on Linux", then "Chrome on Linux 2". */
export function freshName(name: string, passkeys: readonly Passkey[]): string {
  const taken = new Set(passkeys.map(({ name }) => name));
  const numbered = (n: number) => (n === 1 ? name : `${name} ${n}`);
  let n = 1;
  while (taken.has(numbered(n))) n += 1;
  return numbered(n);
}
