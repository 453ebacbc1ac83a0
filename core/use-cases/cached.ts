import type { Clock } from '../ports.ts';

export interface CachedOptions {
  readonly maxAgeMs: number;
  readonly maxEntries: number;
  readonly clock: Clock;
}

export interface Cached<Key extends unknown[], Value> {
  (...key: Key): Promise<Value>;
  forget(...key: Key): void;
}

/**
 * Keeps what a look-up found for a while, and has simultaneous look-ups of the same share one. Failures are not kept,
 * nor is "there is none": whoever is told that something exists now would be told otherwise.
 */
export function cached<Key extends unknown[], Value>(
  load: (...key: Key) => Promise<Value>,
  options: CachedOptions,
): Cached<Key, Value> {
  const entries = new Map<string, { readonly value: Promise<Value>; readonly loadedAt: number }>();
  const { clock, maxAgeMs, maxEntries } = options;

  const lookUp = (...key: Key) => {
    const name = JSON.stringify(key);
    const known = entries.get(name);
    if (known && clock() - known.loadedAt < maxAgeMs) return known.value;
    entries.delete(name);
    const value = load(...key);
    const entry = { value, loadedAt: clock() };
    entries.set(name, entry);
    const drop = () => {
      if (entries.get(name) === entry) entries.delete(name);
    };
    value.then((found) => found === null && drop(), drop);
    const oldest = entries.keys().next();
    if (entries.size > maxEntries && !oldest.done) entries.delete(oldest.value);
    return value;
  };
  return Object.assign(lookUp, { forget: (...key: Key) => void entries.delete(JSON.stringify(key)) });
}
