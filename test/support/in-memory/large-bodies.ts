import type { LargeBodies } from '../../../core/ports/large-bodies.ts';

/** Create large bodies in memory. */
export function inMemoryBodies(stored = new Map<string, Uint8Array>()): LargeBodies {
  return {
    put: async (key, body) => {
      stored.set(key, Uint8Array.from(body));
    },
    get: async (key) => stored.get(key) ?? null,
    delete: async (key) => void stored.delete(key),
  };
}
