import { expect, it } from 'vitest';
import { kindOf } from './DeviceIcon.tsx';

it.each([
  ['Safari', 'iOS', 'phone'],
  ['Samsung Internet for Android', 'Android', 'phone'],
  ['Chrome', 'Windows', 'laptop'],
  ['Firefox', 'Linux', 'laptop'],
  ['Chrome', 'Chrome OS', 'laptop'],
  ['curl', null, 'terminal'],
  ['PowerShell', 'Windows', 'terminal'],
  [null, null, 'terminal'],
  [null, 'Windows', 'laptop'],
])('%s on %s is shown as a %s', (browser, system, kind) => {
  expect(kindOf({ browser, system })).toBe(kind);
});
