import type { Hook, Line } from './hirehop-csv.ts';

/** The fields of an existing subscription in HireHop's format that an import compares. */
export interface Existing {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
}

/** The step that an import takes for a line. */
export type Step = { readonly line: number; readonly what: string } & (
  | { readonly kind: 'fault'; readonly reason: string }
  | { readonly kind: 'repeated'; readonly ofLine: number }
  | { readonly kind: 'there'; readonly id: string; readonly events: readonly string[] }
  | { readonly kind: 'update'; readonly existing: Existing; readonly events: readonly string[] }
  | { readonly kind: 'create'; readonly hook: Hook }
);

/** Return the same key for the same URL and events, whatever the order of the events. */
const hookKey = ({ url, events }: Pick<Hook, 'url' | 'events'>) => JSON.stringify([url, events.toSorted()]);

/**
 * Match each line with an existing subscription: one with the same URL and events, or else the oldest with the same URL
 * that matches no other line. A second run therefore finds the subscriptions of the first, even if it was interrupted.
 *
 * @param existing oldest first
 */
export function planHirehop(lines: readonly Line[], existing: readonly Existing[]): Step[] {
  const firstLines = new Map<string, number>();
  for (const { line, hook } of lines)
    if (hook !== undefined && !firstLines.has(hookKey(hook))) firstLines.set(hookKey(hook), line);
  const free = new Set(existing);
  const take = (matches: (found: Existing) => boolean): Existing | undefined => {
    const found = [...free].find(matches);
    if (found !== undefined) free.delete(found);
    return found;
  };
  // Take exact matches first, so that no line changes a subscription that matches another.
  const there = new Map([...firstLines.keys()].map((key) => [key, take((found) => hookKey(found) === key)]));

  return lines.map(({ line, hook, fault = '' }): Step => {
    if (hook === undefined) return { line, what: '', kind: 'fault', reason: fault };
    const { url, events } = hook;
    const key = hookKey(hook);
    const ofLine = firstLines.get(key) ?? line;
    if (ofLine !== line) return { line, what: url, kind: 'repeated', ofLine };
    const same = there.get(key);
    if (same !== undefined) return { line, what: url, kind: 'there', id: same.id, events };
    const other = take((found) => found.url === url);
    if (other !== undefined) return { line, what: url, kind: 'update', existing: other, events };
    return { line, what: url, kind: 'create', hook };
  });
}
