/** Returns milliseconds since the epoch. */
export type Clock = () => number;

/** Returns a number from 0 to 1. */
export type Random = () => number;
