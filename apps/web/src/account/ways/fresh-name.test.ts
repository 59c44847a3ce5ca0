import type { Passkey } from '@coatcheck/api-types';
import { expect, it } from 'vitest';
import { freshName } from './fresh-name.ts';

const named = (...names: string[]) => names.map((name) => ({ name })) as Passkey[];

it.each([
  ['no other passkey', named(), 'Chrome on Linux'],
  ['another name', named('Phone'), 'Chrome on Linux'],
  ['the same name', named('Chrome on Linux'), 'Chrome on Linux 2'],
  ['a gap in the numbers', named('Chrome on Linux', 'Chrome on Linux 3'), 'Chrome on Linux 2'],
])('a passkey beside %s gets a name of its own', (_, passkeys, name) => {
  expect(freshName('Chrome on Linux', passkeys)).toBe(name);
});
