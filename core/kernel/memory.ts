/** The bytes that V8 needs for the header of a string, an object or an array, and for a member with its name. */
const HEAD = 32;
const MEMBER = 48;
const ELEMENT = 8;

/**
 * Return an estimate of the memory that JSON-like data takes, in bytes; maps count as objects. It is seldom too low: V8 took
 * from a third to nine tenths of it for subscriptions, and all of it for a map with short texts.
 */
export function memoryOf(value: unknown): number {
  if (typeof value === 'string') return HEAD + 2 * value.length;
  if (typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value)) return value.reduce((sum, each) => sum + memoryOf(each) + ELEMENT, HEAD);
  const members: Iterable<[string, unknown]> = value instanceof Map ? value : Object.entries(value);
  let sum = 2 * HEAD;
  for (const [name, member] of members) sum += MEMBER + 2 * name.length + memoryOf(member);
  return sum;
}
