import type { Clock } from './clock.ts';

interface CacheOptions {
  readonly maxAgeMs: number;
  readonly maxEntries: number;
  readonly clock: Clock;
}

/**
 * Keeps what look-ups found, and has simultaneous look-ups of one name share the same load. Failures are not kept, nor is
 * null: a caller who has just created something would be told that it does not exist.
 */
export class Cache<Value> {
  /** In order of loading, so expired entries come first. */
  readonly #entries = new Map<string, { readonly value: Promise<Value>; readonly loadedAt: number }>();
  readonly #options: CacheOptions;

  constructor(options: CacheOptions) {
    this.#options = options;
  }

  get(name: string): Promise<Value> | undefined {
    const { clock, maxAgeMs } = this.#options;
    for (const [oldest, { loadedAt }] of this.#entries) {
      if (clock() - loadedAt < maxAgeMs) break;
      this.#entries.delete(oldest);
    }
    return this.#entries.get(name)?.value;
  }

  /** Keep a load that has just started, and return it. */
  keep(name: string, value: Promise<Value>): Promise<Value> {
    const { clock, maxEntries } = this.#options;
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size < maxEntries) break;
      this.#entries.delete(oldest);
    }
    const entry = { value, loadedAt: clock() };
    this.#entries.set(name, entry);
    const drop = () => {
      if (this.#entries.get(name) === entry) this.#entries.delete(name);
    };
    value.then((found) => found === null && drop(), drop);
    return value;
  }

  forget(name: string): void {
    this.#entries.delete(name);
  }
}

/** A look-up that caches. */
interface Cached<Key extends unknown[], Value> {
  get(...key: Key): Promise<Value>;
  /** Have the next look-up of this key load it again. */
  forget(...key: Key): void;
}

/** Put a {@link Cache} in front of a port's look-up. */
export function cached<Key extends unknown[], Value>(
  load: (...key: Key) => Promise<Value>,
  options: CacheOptions,
): Cached<Key, Value> {
  const cache = new Cache<Value>(options);
  return {
    get(...key) {
      const name = JSON.stringify(key);
      return cache.get(name) ?? cache.keep(name, load(...key));
    },
    forget: (...key) => cache.forget(JSON.stringify(key)),
  };
}
