/** Milliseconds since the epoch. */
export type Clock = () => number;

/** 0 to 1. */
export type Random = () => number;
