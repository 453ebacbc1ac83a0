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
