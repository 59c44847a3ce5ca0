import { expect, it } from 'vitest';
import { cookiesIn } from './ticket.ts';

it.each([
  [undefined, undefined],
  ['', undefined],
  ['coatcheck', undefined],
  ['coatcheck=', ''],
  ['coatcheck=a', 'a'],
  ['coatcheck=a; coatcheck=b', 'a'],
  ['other=x; coatcheck=a; last=y', 'a'],
  ['other=x;coatcheck=a;last=y', 'a'],
  ['\t other ; \t coatcheck \t= a \t; last', 'a'],
  ['coatcheck=a=b', 'a=b'],
  ['coatcheck="a"', '"a"'],
  ['coatcheck=%61', '%61'],
  ['Coatcheck=a; __Host-coatcheck=b; coatcheck2=c; =coatcheck=d', undefined],
  [';;=;; coatcheck=a', 'a'],
])('in the header %j the cookie is %j', (header, value) => {
  expect(cookiesIn(header, 'coatcheck')[0]).toBe(value);
});
