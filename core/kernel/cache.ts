import type { Clock } from './clock.ts';

interface CacheOptions {
  readonly maxAgeMs: number;
  readonly maxEntries: number;
  readonly clock: Clock;
}

/** A cached look-up. */
export interface Cached<Key extends unknown[], Value> {
  get(...key: Key): Promise<Value>;
  /** Drop a key, so that its next look-up loads it again. */
  forget(...key: Key): void;
}

/**
 * Cache the results of a look-up; simultaneous look-ups of one key share a load. Failures and null are not cached: a caller
 * who has just created something must find it.
 */
export function cached<Key extends unknown[], Value>(
  load: (...key: Key) => Promise<Value>,
  { clock, maxAgeMs, maxEntries }: CacheOptions,
): Cached<Key, Value> {
  // Ordered by load time, so expired entries come first.
  const entries = new Map<string, { readonly value: Promise<Value>; readonly loadedAt: number }>();
  const dropWhile = (isInTheWay: (loadedAt: number) => boolean) => {
    for (const [name, { loadedAt }] of entries) {
      if (!isInTheWay(loadedAt)) return;
      entries.delete(name);
    }
  };

  return {
    get(...key) {
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
    },
    forget: (...key) => void entries.delete(JSON.stringify(key)),
  };
}
