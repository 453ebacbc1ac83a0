/**
 * Event types are dotted names: `invoice.status.updated`, `NewCustomer`, `Sales Invoice.on_update`. A subscription
 * wants exact types, `prefix.*` (one or more further segments), or `*`.
 */

const segmentsOf = (type: string) => type.split('.');

/** Every pattern that a type matches, the most specific first: `a.b.c`, `a.b.*`, `a.*`, `*`. */
export function patternsOf(type: string): string[] {
  const segments = segmentsOf(type);
  const prefixes = segments
    .slice(1)
    .map((_, index) => `${segments.slice(0, segments.length - 1 - index).join('.')}.*`);
  return [type, ...prefixes, '*'];
}

/** Whether everything that `narrow` (a type or a pattern) stands for is matched by `wide`. */
export function covers(wide: string, narrow: string): boolean {
  if (wide === narrow || wide === '*') return true;
  return wide.endsWith('.*') && narrow.startsWith(wide.slice(0, -1));
}

export function matches(patterns: readonly string[], type: string): boolean {
  return patterns.some((pattern) => covers(pattern, type));
}

/**
 * The patterns that no other covers. Any two of these are disjoint (patterns form a tree), so a type matches at most
 * one of them and fan-out, which looks each pattern up by itself, finds a subscription at most once.
 */
export function disjointPatterns(patterns: readonly string[]): string[] {
  const unique = [...new Set(patterns)];
  return unique.filter((narrow) => !unique.some((wide) => wide !== narrow && covers(wide, narrow)));
}
