export type Key = string | bigint | number | boolean | null;

/**
 * The engine hashes texts with a secret, but numbers without one, and large ints by their last 64 bits alone: whoever chooses
 * the numbers can make each look-up visit all of them. Mappings and sets therefore keep texts in their place.
 */
type Kept = string | boolean | null;

/** Begins the text in place of a number. A text that begins with it is marked too. */
const MARK = '\udfff';
const isMarked = (key: Kept): key is string => typeof key === 'string' && key.startsWith(MARK);

function kept(key: Key): Kept {
  switch (typeof key) {
    case 'bigint':
      return `${MARK}i${key}`;
    case 'number':
      return `${MARK}f${key}`;
    case 'string':
      return isMarked(key) ? `${MARK}s${key}` : key;
    default:
      return key;
  }
}

function original(key: Kept): Key {
  if (!isMarked(key)) return key;
  const text = key.slice(2);
  return key[1] === 'i' ? BigInt(text) : key[1] === 'f' ? Number(text) : text;
}

/** The entries of a mapping, in the order in which they were added. */
export class KeyMap<Value> implements Iterable<[Key, Value]> {
  readonly #map: Map<Kept, Value>;
  /** Whether there may be a key that is kept as another. */
  #isMarked: boolean;

  constructor(entries: Iterable<readonly [Key, Value]> = []) {
    const isCopy = entries instanceof KeyMap;
    this.#map = new Map(isCopy ? entries.#map : []);
    this.#isMarked = isCopy && entries.#isMarked;
    if (!isCopy) this.setAll(entries);
  }

  get size(): number {
    return this.#map.size;
  }

  get(key: Key): Value | undefined {
    return this.#map.get(kept(key));
  }

  has(key: Key): boolean {
    return this.#map.has(kept(key));
  }

  set(key: Key, value: Value): void {
    const name = kept(key);
    this.#isMarked ||= name !== key;
    this.#map.set(name, value);
  }

  setAll(entries: Iterable<readonly [Key, Value]>): void {
    for (const [key, value] of entries) this.set(key, value);
  }

  delete(key: Key): boolean {
    return this.#map.delete(kept(key));
  }

  clear(): void {
    this.#map.clear();
  }

  /** Return the entry that was added last. */
  last(): [Key, Value] | undefined {
    let last: [Kept, Value] | undefined;
    for (const entry of this.#map) last = entry;
    return last && [original(last[0]), last[1]];
  }

  keys(): IteratorObject<Key> {
    return this.#isMarked ? this.#map.keys().map(original) : this.#map.keys();
  }

  values(): IteratorObject<Value> {
    return this.#map.values();
  }

  [Symbol.iterator](): IteratorObject<[Key, Value]> {
    const entries = this.#map.entries();
    return this.#isMarked ? entries.map(([key, value]) => [original(key), value]) : entries;
  }
}

/** The elements of a set, in the order in which they were added. */
export class KeySet implements Iterable<Key> {
  #set = new Set<Kept>();

  constructor(keys: Iterable<Key> = []) {
    for (const key of keys) this.#set.add(kept(key));
  }

  static #of(set: Set<Kept>): KeySet {
    const made = new KeySet();
    made.#set = set;
    return made;
  }

  get size(): number {
    return this.#set.size;
  }

  has(key: Key): boolean {
    return this.#set.has(kept(key));
  }

  add(key: Key): void {
    this.#set.add(kept(key));
  }

  delete(key: Key): boolean {
    return this.#set.delete(kept(key));
  }

  union(other: KeySet): KeySet {
    return KeySet.#of(this.#set.union(other.#set));
  }

  intersection(other: KeySet): KeySet {
    return KeySet.#of(this.#set.intersection(other.#set));
  }

  difference(other: KeySet): KeySet {
    return KeySet.#of(this.#set.difference(other.#set));
  }

  symmetricDifference(other: KeySet): KeySet {
    return KeySet.#of(this.#set.symmetricDifference(other.#set));
  }

  isSubsetOf(other: KeySet): boolean {
    return this.#set.isSubsetOf(other.#set);
  }

  isDisjointFrom(other: KeySet): boolean {
    return this.#set.isDisjointFrom(other.#set);
  }

  [Symbol.iterator](): IteratorObject<Key> {
    return this.#set.values().map(original);
  }
}
