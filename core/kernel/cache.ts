import type { Clock } from './clock.ts';

export interface CachedOptions {
  readonly maxAgeMs: number;
  readonly maxEntries: number;
  readonly clock: Clock;
}

/** A look-up that remembers. */
export interface Cached<Key extends unknown[], Value> {
  (...key: Key): Promise<Value>;
  /** Has the next look-up of this load it anew. */
  readonly forget: (...key: Key) => void;
}

/**
 * Keeps what a look-up found for a while, and has simultaneous look-ups of the same share one. Failures are not kept,
 * nor is "there is none": whoever is told that something exists now would be told otherwise.
 */
export function cached<Key extends unknown[], Value>(
  load: (...key: Key) => Promise<Value>,
  { clock, maxAgeMs, maxEntries }: CachedOptions,
): Cached<Key, Value> {
  // In order of loading, so what has expired stands in front.
  const entries = new Map<string, { readonly value: Promise<Value>; readonly loadedAt: number }>();
  const dropWhile = (inTheWay: (loadedAt: number) => boolean) => {
    for (const [name, { loadedAt }] of entries) {
      if (!inTheWay(loadedAt)) return;
      entries.delete(name);
    }
  };

  const lookUp = (...key: Key): Promise<Value> => {
    const name = JSON.stringify(key);
    dropWhile((loadedAt) => clock() - loadedAt >= maxAgeMs);
    const known = entries.get(name);
    if (known) return known.value;
    dropWhile(() => entries.size >= maxEntries);
    const entry = { value: load(...key), loadedAt: clock() };
    entries.set(name, entry);
    const drop = () => {
      if (entries.get(name) === entry) entries.delete(name);
    };
    entry.value.then((found) => found === null && drop(), drop);
    return entry.value;
  };
  return Object.assign(lookUp, { forget: (...key: Key) => void entries.delete(JSON.stringify(key)) });
}
