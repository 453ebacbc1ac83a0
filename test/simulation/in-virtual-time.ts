import { Random } from './random.ts';

/** A virtual clock's replacements of the platform's timers. */
interface Timers {
  setTimeout(run: () => void, ms?: number): number;
  clearTimeout(timer: number): void;
}

/**
 * Run a simulation with ids drawn from the seed, because an id determines an item's shard of the due index, and with timers in
 * virtual time.
 */
export async function inVirtualTime(
  seed: number,
  time: { timers(): Timers },
  run: () => Promise<void>,
): Promise<void> {
  const random = new Random(seed);
  const { getRandomValues } = crypto;
  const { setTimeout, clearTimeout } = globalThis;
  crypto.getRandomValues = (bytes) => {
    if (bytes instanceof Uint8Array) for (const index of bytes.keys()) bytes[index] = random.integer(256);
    return bytes;
  };
  Object.assign(globalThis, time.timers());
  try {
    await run();
  } finally {
    crypto.getRandomValues = getRandomValues;
    Object.assign(globalThis, { setTimeout, clearTimeout });
  }
}
