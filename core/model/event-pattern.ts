/**
 * Event types are dotted names: `invoice.status.updated`, `NewCustomer`, `Sales Invoice.on_update`. A subscription's patterns
 * are exact types, `prefix.*` (which matches one or more further segments), or `*`.
 */

const segmentsOf = (type: string) => type.split('.');

/** Return every pattern that a type matches, the most specific first: `a.b.c`, `a.b.*`, `a.*`, `*`. */
export function patternsOf(type: string): string[] {
  const segments = segmentsOf(type);
  const prefixes = segments
    .slice(1)
    .map((_, index) => `${segments.slice(0, segments.length - 1 - index).join('.')}.*`);
  return [type, ...prefixes, '*'];
}

/** Return whether a pattern matches everything that a type or another pattern matches. */
export function covers(wide: string, narrow: string): boolean {
  if (wide === narrow || wide === '*') return true;
  return wide.endsWith('.*') && narrow.startsWith(wide.slice(0, -1));
}

export function matches(patterns: readonly string[], type: string): boolean {
  return patterns.some((pattern) => covers(pattern, type));
}

/**
 * Return the patterns that no other pattern covers. Patterns form a tree, so the result is pairwise disjoint: a type matches
 * at most one of them, and fan-out, which queries pattern by pattern, finds a subscription at most once.
 */
export function disjointPatterns(patterns: readonly string[]): string[] {
  const unique = [...new Set(patterns)];
  return unique.filter((narrow) => !unique.some((wide) => wide !== narrow && covers(wide, narrow)));
}
