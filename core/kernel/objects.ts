/** Return an object with the same keys, and the values that the function makes of its values. */
export const mapValues = <Key extends string, From, To>(
  object: Readonly<Record<Key, From>>,
  to: (value: From, key: Key) => To,
): Record<Key, To> =>
  Object.fromEntries(
    Object.entries<From>(object).map(([key, value]) => [key, to(value, key as Key)]),
  ) as Record<Key, To>;
