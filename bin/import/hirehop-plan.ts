import type { Hook, Line } from './hirehop-csv.ts';

/** A subscription of HireHop's format that is there, as far as an import looks at it. */
export interface Existing {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
}

/** What is to be done for a line. */
export type Step = { readonly line: number; readonly what: string } & (
  | { readonly kind: 'fault'; readonly reason: string }
  | { readonly kind: 'repeated'; readonly ofLine: number }
  | { readonly kind: 'there'; readonly id: string }
  | { readonly kind: 'update'; readonly existing: Existing; readonly events: readonly string[] }
  | { readonly kind: 'create'; readonly hook: Hook }
);

/** Alike whatever the order in which its events were ticked. */
const hookKey = ({ url, events }: Pick<Hook, 'url' | 'events'>) => JSON.stringify([url, events.toSorted()]);

/**
 * Finds for each line the subscription that it stands for: one of the same URL and events, or else of the same URL that
 * no other line stands for, the oldest first. So a second run finds what the first has made, wherever it ended.
 *
 * @param existing in the order of their making
 */
export function planHirehop(lines: readonly Line[], existing: readonly Existing[]): Step[] {
  const firstLines = new Map<string, number>();
  for (const { line, hook } of lines)
    if (hook !== undefined && !firstLines.has(hookKey(hook))) firstLines.set(hookKey(hook), line);
  const free = new Set(existing);
  const take = (fits: (found: Existing) => boolean): Existing | undefined => {
    const found = [...free].find(fits);
    if (found !== undefined) free.delete(found);
    return found;
  };
  // All that are there as they should be, before any other is changed.
  const there = new Map([...firstLines.keys()].map((key) => [key, take((found) => hookKey(found) === key)]));

  return lines.map(({ line, hook, fault = '' }): Step => {
    if (hook === undefined) return { line, what: '', kind: 'fault', reason: fault };
    const { url, events } = hook;
    const key = hookKey(hook);
    const ofLine = firstLines.get(key) ?? line;
    if (ofLine !== line) return { line, what: url, kind: 'repeated', ofLine };
    const same = there.get(key);
    if (same !== undefined) return { line, what: url, kind: 'there', id: same.id };
    const other = take((found) => found.url === url);
    if (other !== undefined) return { line, what: url, kind: 'update', existing: other, events };
    return { line, what: url, kind: 'create', hook };
  });
}
