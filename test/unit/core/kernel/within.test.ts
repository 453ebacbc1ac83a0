import { expect, it } from 'vitest';
import { within } from '../../../../core/kernel/within.ts';

it.each([
  [[], []],
  [
    [3, 3, 4, 1],
    [[3, 3, 4], [1]],
  ],
  [
    [11, 1, 12],
    [[11], [1], [12]],
  ],
  [
    [10, 0, 1],
    [[10, 0], [1]],
  ],
])('divides %j into groups of at most 10: %j', (sizes, groups) => {
  expect([...within(sizes, (size) => size, 10)]).toEqual(groups);
});
