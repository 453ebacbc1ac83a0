/**
 * Event types are dotted names: `invoice.status.updated`, `NewCustomer`, `Sales Invoice.on_update`. A subscription's patterns
 * are exact types, `prefix.*` (which matches one or more further segments), or `*`, which matches everything but operational
 * events: those tell about other subscriptions, and only a pattern that starts with `ancrage.` matches them.
 */

/** The prefix of operational events, which are about Ancrage itself. Only Ancrage may publish them. */
export const OPERATIONAL_PREFIX = 'ancrage.';

export const isOperationalType = (type: string): boolean => type.startsWith(OPERATIONAL_PREFIX);

const segmentsOf = (type: string) => type.split('.');

/**
 * Return every pattern under which subscriptions to a type are bound, the most specific first: `a.b.c`, `a.b.*`, `a.*`, `*`.
 * See {@link isVouchedFor}.
 */
export function patternsOf(type: string): string[] {
  const segments = segmentsOf(type);
  const prefixes = segments
    .slice(1)
    .map((_, index) => `${segments.slice(0, segments.length - 1 - index).join('.')}.*`);
  return [type, ...prefixes, '*'];
}

/** Return whether a pattern matches everything that a type or another pattern matches. */
export function covers(wide: string, narrow: string): boolean {
  if (wide === narrow) return true;
  if (wide === '*') return !isOperationalType(narrow);
  return wide.endsWith('.*') && narrow.startsWith(wide.slice(0, -1));
}

export function matches(patterns: readonly string[], type: string): boolean {
  return patterns.some((pattern) => covers(pattern, type));
}

/**
 * Return the patterns under which a subscription is bound: those that no other one covers. Patterns form a tree, so the result
 * is pairwise disjoint: a type is bound under at most one of them, and fan-out, which queries pattern by pattern, finds a
 * subscription at most once. `*` stands alone even beside `ancrage.*`, as every version has bound it.
 */
export function disjointPatterns(patterns: readonly string[]): string[] {
  const unique = [...new Set(patterns)];
  if (unique.includes('*')) return ['*'];
  return unique.filter((narrow) => !unique.some((wide) => wide !== narrow && covers(wide, narrow)));
}

/**
 * Return whether a subscription bound under a pattern is certain to match a type that is bound under it, too. One bound under
 * `*` may match operational events or not: its own patterns say so.
 */
export const isVouchedFor = (bound: string, type: string): boolean =>
  bound !== '*' || !isOperationalType(type);
