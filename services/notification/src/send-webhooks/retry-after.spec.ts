import { expect, it } from '@jest/globals';
import { retryAfterSeconds } from './retry-after.js';

const NOW = Date.parse('2026-11-28T03:00:00Z');

it.each([
  ['120', 120],
  [' 0 ', 0],
  ['Sat, 28 Nov 2026 03:02:00 GMT', 120],
  ['Sat, 28 Nov 2026 02:00:00 GMT', 0],
  ['2026-11-28T03:02:00Z', undefined],
  ['-5', undefined],
  ['1e9', undefined],
  ['9999999999', undefined],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
])('Retry-After «%s» asks for %p seconds', (text, seconds) => {
  expect(retryAfterSeconds(text, NOW)).toBe(seconds);
});
