/** Return whether a time's ISO form has a year of four digits, which receivers of `timestamp` expect. */
export function isBeforeYear10000(time: string): boolean {
  const at = Date.parse(time);
  return Number.isNaN(at) || at < Date.UTC(10_000, 0);
}

/** Return a time with a zone in UTC, with milliseconds or, if it was given more precisely, with all of its digits. */
export function utcTime(time: string): string {
  const [, finer = ''] = /\.\d{3}(\d+)/.exec(time) ?? [];
  return new Date(time).toISOString().replace('Z', `${finer}Z`);
}

/** The last time with a year of four digits. A year of five digits would sort below all others. */
const LAST_TIME = Date.UTC(10_000, 0) - 1;

/** Return a time that is later by some milliseconds, but no later than the year 9999. */
export const laterBy = (ms: number, time: string): string =>
  new Date(Math.min(Date.parse(time) + ms, LAST_TIME)).toISOString();
