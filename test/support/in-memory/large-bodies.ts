import type { LargeBodies } from '../../../core/ports/large-bodies.ts';

/** Create large bodies in memory. */
export function inMemoryBodies(stored = new Map<string, Uint8Array>()): LargeBodies {
  return {
    put: async (key, body) => {
      stored.set(key, Uint8Array.from(body));
    },
    get: async (key) => {
      const body = stored.get(key);
      if (body === undefined) throw new Error(`There is no ${key}.`);
      return body;
    },
    delete: async (key) => void stored.delete(key),
  };
}
