/** Return whether a time's ISO form has a year of four digits, which receivers of `timestamp` expect. */
export function isBeforeYear10000(time: string): boolean {
  const at = Date.parse(time);
  return Number.isNaN(at) || at < Date.UTC(10_000, 0);
}
