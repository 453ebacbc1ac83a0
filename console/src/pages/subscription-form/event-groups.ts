/** Event types of one first segment, and the pattern that takes them all. */
export interface EventGroup {
  readonly pattern: string;
  readonly types: readonly string[];
}

export const EVERYTHING = '*';
export const OWN_EVENTS = ['ancrage.delivery.exhausted', 'ancrage.subscription.disabled'];

/** `invoice.paid` and `invoice.voided` under `invoice.*`; those of one segment by themselves, under no pattern. */
export function groupsOf(types: readonly string[]): EventGroup[] {
  const groups = new Map<string, string[]>();
  for (const type of types.toSorted()) {
    const dot = type.indexOf('.');
    const pattern = dot < 0 ? '' : `${type.slice(0, dot)}.*`;
    groups.set(pattern, [...(groups.get(pattern) ?? []), type]);
  }
  return [...groups].map(([pattern, types]) => ({ pattern, types }));
}

/** Whether a pattern takes a type: itself, `prefix.*` or `*`. */
export function takes(pattern: string, type: string): boolean {
  if (pattern === EVERYTHING) return true;
  return pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}
