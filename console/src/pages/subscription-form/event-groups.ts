/** Event types with the same first segment, and the pattern that matches them all. */
export interface EventGroup {
  readonly pattern: string;
  readonly types: readonly string[];
}

export const EVERYTHING = '*';
export const OPERATIONAL_EVENTS = ['ancrage.delivery.exhausted', 'ancrage.subscription.disabled'];

/** Group event types by first segment: `invoice.paid` under `invoice.*`; types of one segment have no pattern. */
export function groupsOf(types: readonly string[]): EventGroup[] {
  const groups = new Map<string, string[]>();
  for (const type of types.toSorted()) {
    const dot = type.indexOf('.');
    const pattern = dot < 0 ? '' : `${type.slice(0, dot)}.*`;
    groups.set(pattern, [...(groups.get(pattern) ?? []), type]);
  }
  return [...groups].map(([pattern, types]) => ({ pattern, types }));
}

/** Return whether a pattern (an exact type, `prefix.*` or `*`) matches an event type. `*` matches no operational events. */
export function matches(pattern: string, type: string): boolean {
  if (pattern === EVERYTHING) return !type.startsWith('ancrage.');
  return pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}
