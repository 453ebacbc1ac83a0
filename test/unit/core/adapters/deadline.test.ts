import { expect, it } from 'vitest';
import { Deadline } from '../../../../core/adapters/http/deadline.ts';

/** Resolve after a deadline with the milliseconds that passed, of which the process was busy for some. */
function timed(ms: number, latestMs: number, busyMs: number): Promise<number> {
  const from = performance.now();
  return new Promise((resolve) => {
    new Deadline(ms, from + latestMs, () => resolve(performance.now() - from));
    setTimeout(() => {
      const until = performance.now() + busyMs;
      while (performance.now() < until);
    }, 10);
  });
}

it('does not count the time in which the process was busy', async () => {
  expect(await timed(100, Number.POSITIVE_INFINITY, 400)).toBeGreaterThan(420);
});

it('never ends later than the function must', async () => {
  // The first deadline would be later by nearly all of the time in which the process is busy.
  const [counted, latest] = await Promise.all([
    timed(600, Number.POSITIVE_INFINITY, 300),
    timed(600, 600, 0),
  ]);
  expect(latest).toBeLessThan(counted);
});
