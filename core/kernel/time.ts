/** Later times have no ISO form of four digits, as the receivers of `timestamp` expect it. */
export function isBeforeYear10000(time: string): boolean {
  const at = Date.parse(time);
  return Number.isNaN(at) || at < Date.UTC(10_000, 0);
}
