import type { Clock } from './clock.ts';
import { memoryOf } from './memory.ts';

/** The share of a full cache above which an owner's own entries go first. */
const SHARE = 1 / 4;

interface Owner {
  bytes: number;
  /** In order of use. */
  readonly entries: Map<string, Entry>;
}

interface Entry {
  readonly owner: string;
  readonly name: string;
  readonly value: unknown;
  readonly bytes: number;
}

/**
 * A cache of so many bytes that several owners, mostly projects, share. When it is full, entries go that have not been used
 * for longest: those of the largest owner if that has more than a quarter of the cache, else anybody's. So an owner may fill
 * a cache that nobody else needs, and cannot drive out the others.
 */
export class Cache<Value> {
  readonly #maxBytes: number;
  readonly #owners = new Map<string, Owner>();
  /** All entries, in order of use. */
  readonly #entries = new Set<Entry>();
  /** The owners with more than their share, of whom there are few. */
  readonly #large = new Set<Owner>();
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  get(owner: string, name: string): Value | undefined {
    const owned = this.#owners.get(owner)?.entries;
    const entry = owned?.get(name);
    if (owned === undefined || entry === undefined) return undefined;
    owned.delete(name);
    owned.set(name, entry);
    this.#entries.delete(entry);
    this.#entries.add(entry);
    return entry.value as Value;
  }

  /** @param bytes the memory that the value takes, its name included */
  set(owner: string, name: string, value: Value, bytes: number): void {
    this.delete(owner, name);
    const entry = { owner, name, value, bytes };
    const owned = this.#owners.get(owner) ?? { bytes: 0, entries: new Map() };
    this.#owners.set(owner, owned);
    owned.entries.set(name, entry);
    this.#entries.add(entry);
    this.#grow(owned, bytes);
    while (this.#bytes > this.#maxBytes) this.#dropOne();
  }

  delete(owner: string, name: string): void {
    const owned = this.#owners.get(owner);
    const entry = owned?.entries.get(name);
    if (owned === undefined || entry === undefined) return;
    owned.entries.delete(name);
    this.#entries.delete(entry);
    this.#grow(owned, -entry.bytes);
    if (owned.entries.size === 0) this.#owners.delete(owner);
  }

  #grow(owned: Owner, bytes: number): void {
    this.#bytes += bytes;
    owned.bytes += bytes;
    if (owned.bytes > this.#maxBytes * SHARE) this.#large.add(owned);
    else this.#large.delete(owned);
  }

  #dropOne(): void {
    const [largest] = [...this.#large].sort((a, b) => b.bytes - a.bytes);
    const [oldest] = largest?.entries.values() ?? this.#entries;
    if (oldest !== undefined) this.delete(oldest.owner, oldest.name);
  }
}

interface CachedOptions<Value> {
  readonly maxAgeMs: number;
  readonly maxBytes: number;
  readonly clock: Clock;
  /** Return the memory that a value takes, in bytes. @default what JSON-like data takes */
  readonly sizeOf?: (value: NonNullable<Value>) => number;
}

/** A look-up that caches. */
interface Cached<Key extends Names, Value> {
  get(...key: Key): Promise<Value>;
  /** Have the next look-up of this key load it again. */
  forget(...key: Key): void;
}

/** The first name is the owner's. */
type Names = [owner: string, ...others: string[]];

/**
 * Put a {@link Cache} in front of a port's look-up, and have simultaneous look-ups of one key share the same load. Failures are
 * not cached, nor is null: a caller who has just created something would be told that it does not exist.
 */
export function cached<Key extends Names, Value>(
  load: (...key: Key) => Promise<Value>,
  { maxAgeMs, maxBytes, clock, sizeOf = memoryOf }: CachedOptions<Value>,
): Cached<Key, Value> {
  const found = new Cache<{ readonly value: Value; readonly loadedAt: number }>(maxBytes);
  const loading = new Map<string, Promise<Value>>();

  const start = async (key: Key, name: string): Promise<Value> => {
    const loadedAt = clock();
    const loaded = load(...key);
    loading.set(name, loaded);
    const isLatest = () => loading.get(name) === loaded;
    try {
      const value = await loaded;
      if (value !== null && value !== undefined && isLatest())
        found.set(key[0], name, { value, loadedAt }, memoryOf(name) + sizeOf(value));
      return value;
    } finally {
      if (isLatest()) loading.delete(name);
    }
  };

  return {
    async get(...key) {
      const name = JSON.stringify(key);
      const known = found.get(key[0], name);
      if (known !== undefined && clock() - known.loadedAt < maxAgeMs) return known.value;
      return loading.get(name) ?? start(key, name);
    },
    forget(...key) {
      const name = JSON.stringify(key);
      found.delete(key[0], name);
      loading.delete(name);
    },
  };
}
