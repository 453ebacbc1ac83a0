/** Returns milliseconds since the epoch. */
export type Clock = () => number;

export const DAY_MS = 86_400_000;

/** Return when the day of a time began (UTC). */
export const startOfDay = (time: number): number => time - (time % DAY_MS);

/** Returns a number from 0 to 1. */
export type Random = () => number;
