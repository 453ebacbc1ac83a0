import { inspect } from 'node:util';

/** Well below the timeout of a test, so that what fails is the condition, with its name. */
const WITHIN_MS = 60_000;
const EVERY_MS = 25;

const TIME_IS_UP = Symbol('time is up');

/**
 * Probe until a condition holds, and return the value of the last probe. The condition holds once a probe neither throws nor
 * returns false. A probe that asserts reports the value that it saw.
 *
 * @throws Error with the condition's name and the last value or error, when the time is up
 */
export async function eventually<Value>(
  what: string,
  probe: () => Value | Promise<Value>,
  ms = WITHIN_MS,
): Promise<Exclude<Value, false>> {
  const endsAt = performance.now() + ms;
  const { promise: timeIsUp, resolve } = Promise.withResolvers<typeof TIME_IS_UP>();
  const timer = setTimeout(resolve, ms, TIME_IS_UP);
  let seen = 'the first probe is still under way';
  try {
    while (performance.now() < endsAt) {
      try {
        // A probe may hang, too.
        const value = await Promise.race([probe(), timeIsUp]);
        if (value === TIME_IS_UP) break;
        if (value !== false) return value as Exclude<Value, false>;
        seen = 'false';
      } catch (error) {
        seen = error instanceof Error ? error.message : inspect(error);
      }
      await new Promise((wake) => setTimeout(wake, EVERY_MS));
    }
  } finally {
    clearTimeout(timer);
  }
  throw new Error(`Not within ${ms / 1000} s: ${what}. The last probe saw: ${seen}`);
}
