import { expect, test } from 'vitest';
import { axes } from '../../../bench/growth/axes.ts';

// Two measurements of a size would share its table, in which the events of the second one are repeated.
test.each([1, 10, 50, 100, 1000, 100_000])('each axis has each of its sizes up to %i once', (most) => {
  for (const { name, sizes } of axes({ most, subscribers: most, deliveries: 1 })) {
    expect(sizes, name).toEqual([...new Set(sizes)].toSorted((a, b) => a - b));
    expect(sizes.at(-1), name).toBeLessThanOrEqual(most);
  }
});
