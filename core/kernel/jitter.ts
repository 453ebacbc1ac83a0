/** How far a wait may be off, either way. */
export const JITTER = 0.2;

/** A factor of 0.8 to 1.2: what failed together should not come back together. `random`: 0 to 1. */
export const jitter = (random: number): number => 1 + JITTER * (2 * random - 1);
