/** The largest deviation of a wait, in either direction. */
export const JITTER = 0.2;

/**
 * Return a factor from 0.8 to 1.2, so that deliveries which failed together are not retried together.
 *
 * @param random a number from 0 to 1
 */
export const jitter = (random: number): number => 1 + JITTER * (2 * random - 1);
